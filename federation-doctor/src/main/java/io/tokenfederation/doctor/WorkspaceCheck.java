// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.util.Optional;

/** Can the workspace be reached at all? Any answer will do: which of them it gives without a token differs by cloud. */
final class WorkspaceCheck implements Check {
    static final String NAME = "workspace";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Examination examination) {
        Workspace workspace = examination.workspace();
        Optional<Outcome> wrong = SettingCheck.workspace(workspace.host().toString())
                .map(problem -> new Outcome.Failed(Finding.of(problem)));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        HttpReply reply = workspace.getWithoutToken("/.well-known/databricks-config");
        Optional<String> account = accountId(reply);
        account.ifPresent(examination::accountIdIs);
        return new Outcome.Passed(
                workspace.host() + account.map(id -> ", of account " + id).orElse(""));
    }

    private static Optional<String> accountId(HttpReply reply) {
        try {
            JsonNode id = new ObjectMapper().readTree(reply.text()).path("account_id");
            return reply.status() == 200 && id.isTextual()
                    ? Optional.of(SafeText.of(id.textValue()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
