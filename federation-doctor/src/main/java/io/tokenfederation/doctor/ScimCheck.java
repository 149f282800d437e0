// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Does the workspace know the service principal? Every token that is good there may ask who it is. */
final class ScimCheck implements RoleCheck {
    static final String NAME = "SCIM Me";

    private static final String PATH = "/api/2.0/preview/scim/v2/Me";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(ExchangeCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        HttpReply reply = examination.workspace().get(PATH, examination.token(role));
        if (ApiAnswers.refusedByRights(reply)) {
            throw new FederatedCallException(
                    ApiRefusal.of(Asked.ME, role.servicePrincipal(), reply.status(), reply.text()));
        }
        JsonNode me = Workspace.json(reply, PATH);
        List<String> groups = new ArrayList<>();
        me.path("groups").forEach(group -> groups.add(group.path("display").asText()));
        examination.userNameIs(role, me.path("userName").asText(), groups);
        String name = SafeText.of(me.path("displayName").asText());
        return new Outcome.Passed(
                name.isEmpty() ? "the workspace knows it" : "the workspace knows it as '" + name + "'");
    }
}
