// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.Optional;

/** The proxy before an app on Databricks Apps: asks the workspace about each token, and sends strangers to a login page. */
final class McpAppsProxy implements McpGate {
    private final WorkspaceCalls workspace;
    private volatile boolean redirectToLogin = true;

    McpAppsProxy(WorkspaceCalls workspace) {
        this.workspace = workspace;
    }

    void redirectToLogin(boolean redirect) {
        redirectToLogin = redirect;
    }

    @Override
    public void pass(HttpCall call) {
        Optional<String> token = call.bearer();
        if (token.isEmpty()) {
            throw refused("Credential was not sent or was of an unsupported type for this API.");
        }
        int status = workspace.statusFor(token.get());
        if (status == 401 || status == 403) {
            throw refused("Invalid access token.");
        }
        if (status != 200) {
            throw new Refusal(Reply.text(502, "text/plain", "App Not Available"));
        }
    }

    private Refusal refused(String text) {
        URI login = workspace.workspace().resolve("/oidc/oauth2/v2.0/authorize?response_type=code&client_id=app");
        return redirectToLogin
                ? new Refusal(Reply.empty(302).header("Location", login.toString()))
                : McpReplies.unauthorized(text);
    }
}
