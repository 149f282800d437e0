// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.SafeText;
import java.util.List;

/**
 * May the role see the Genie space? It is looked at, not asked anything, as a question costs; so somebody who may view it
 * and not ask passes too.
 */
final class GenieCheck implements RoleCheck {
    static final String NAME = "Genie";

    private final String space;

    GenieCheck(String space) {
        this.space = space;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(ScimCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        String path = "/api/2.0/genie/spaces/" + space;
        HttpReply reply = examination.workspace().get(path, examination.token(role));
        if (ApiAnswers.refusedByRights(reply)) {
            throw new FederatedCallException(
                    ApiRefusal.of(Asked.genieSpace(space), role.servicePrincipal(), reply.status(), reply.text()));
        }
        if (reply.status() == 404) {
            throw new FederatedCallException(CheckCode.GENIE_SPACE_NOT_FOUND
                    .problem("Databricks answered 404 about Genie space " + space)
                    .serverSaid(Workspace.words(reply)));
        }
        JsonNode found = Workspace.json(reply, path);
        String title = SafeText.of(found.path("title").asText());
        return new Outcome.Passed("sees " + (title.isEmpty() ? "space " + space : "'" + title + "'")
                + "; whether it may ask is not checked");
    }
}
