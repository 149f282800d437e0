// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The documents by which a client finds the endpoints of a workspace. */
final class Metadata {
    private final URI base;
    private final String accountId;

    Metadata(URI base, String accountId) {
        this.base = base;
        this.accountId = accountId;
    }

    void listen(LoopbackHttp http) {
        Faults none = new Faults(DatabricksReplies::rateLimited);
        http.on("GET", "/.well-known/databricks-config", none, call -> host());
        http.on("GET", "/oidc/.well-known/oauth-authorization-server", none, call -> authorizationServer());
    }

    private Reply host() {
        return Reply.json(
                200,
                Map.of(
                        "oidc_endpoint",
                        base + "/oidc",
                        "account_id",
                        accountId,
                        "workspace_id",
                        "7474650313055161",
                        "cloud",
                        "AWS",
                        "token_federation_default_oidc_audiences",
                        List.of(base + "/oidc/v1/token")));
    }

    /** Without the token-exchange grant: a real document lacks it too, and no client may depend on finding it. */
    private Reply authorizationServer() {
        return Reply.json(
                200,
                Map.of(
                        "issuer",
                        base + "/oidc",
                        "authorization_endpoint",
                        base + "/oidc/v1/authorize",
                        "token_endpoint",
                        base + "/oidc/v1/token",
                        "response_types_supported",
                        List.of("code"),
                        "scopes_supported",
                        List.of("all-apis", "email", "offline_access", "openid", "profile", "sql"),
                        "grant_types_supported",
                        List.of("client_credentials", "authorization_code", "refresh_token")));
    }
}
