// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcpsdk;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HeaderText;
import java.net.http.HttpRequest;

/**
 * The headers of the federation: who acts, and on whose behalf.
 *
 * @param email the person's address as it is sent; empty for none
 * @param role the role's name; empty for none
 * @param forwardToken whether the server's own code gets the token too
 */
record AuditHeaders(String email, String role, boolean forwardToken) {
    static final String AUTHORIZATION = "Authorization";
    static final String FORWARDED = "X-Databricks-Token";
    static final String CALLER = "X-Caller-Email";
    static final AuditHeaders NONE = new AuditHeaders("", "", false);

    AuditHeaders caller(Caller caller) {
        return new AuditHeaders(HeaderText.encoded(caller.email().orElse("")), role, forwardToken);
    }

    AuditHeaders role(ResolvedRole actsAs) {
        return new AuditHeaders(
                email, HeaderText.require(actsAs.name(), "the role's name", "X-Caller-Role"), forwardToken);
    }

    AuditHeaders forwardToken(boolean forward) {
        return new AuditHeaders(email, role, forward);
    }

    void putOn(HttpRequest.Builder request, DatabricksToken token) {
        request.setHeader(AUTHORIZATION, "Bearer " + token.value());
        if (forwardToken) {
            request.setHeader(FORWARDED, token.value());
        }
        if (!role.isEmpty()) {
            request.setHeader("X-Caller-Role", role);
        }
        if (!email.isEmpty()) {
            request.setHeader(CALLER, email);
        }
    }

    /** {@return the role; not the person} */
    @Override
    public String toString() {
        return role + (forwardToken ? (role.isEmpty() ? "" : ", ") + "forwards the token" : "");
    }
}
