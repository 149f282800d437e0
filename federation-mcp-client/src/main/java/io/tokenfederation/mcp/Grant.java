// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.TokenForm;
import java.io.IOException;
import java.util.Map;

/** On what grounds the application asks for a token (RFC 6749 §1.3). */
sealed interface Grant {
    String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /**
     * Begins the request for the token.
     *
     * @throws McpException if the grounds cannot be had
     */
    TokenForm form(AuthorizationDiscovery.Target target, TokenDesk desk);

    /** {@return it, for messages} */
    String what();

    private static TokenForm of(String type) {
        return TokenForm.of(Map.of()).with("grant_type", type);
    }

    /** The application for itself (RFC 6749 §4.4). */
    record ClientCredentials() implements Grant {
        @Override
        public TokenForm form(AuthorizationDiscovery.Target target, TokenDesk desk) {
            return of("client_credentials");
        }

        @Override
        public String what() {
            return "client credentials";
        }
    }

    /** The application for itself, with the JWT of the platform it runs on (RFC 7523 §2.1, SEP-1933). */
    record Workload(IdpTokenSource source) implements Grant {
        @Override
        public TokenForm form(AuthorizationDiscovery.Target target, TokenDesk desk) {
            return of(JWT_BEARER).withSecret("assertion", jwt().value());
        }

        @Override
        public String what() {
            return "a workload's JWT";
        }

        private IdpToken jwt() {
            try {
                return source.mint();
            } catch (IOException e) {
                throw new McpException(McpErrorCode.MCP_AUTH_UNREACHABLE
                        .problem("the workload's JWT could not be had: "
                                + e.getClass().getSimpleName())
                        .fix("Check the file or service that the workload's JWT comes from.")
                        .cause(e));
            }
        }
    }

    /** A person, with what the company's identity provider says of them for this very server. */
    record Person(IdentityAssertion assertion) implements Grant {
        @Override
        public TokenForm form(AuthorizationDiscovery.Target target, TokenDesk desk) {
            return of(JWT_BEARER).withSecret("assertion", assertion.grantFor(target, desk));
        }

        @Override
        public String what() {
            return "an identity assertion";
        }
    }

    /** Adds what the token is for. */
    static TokenForm complete(TokenForm form, AuthorizationDiscovery.Target target) {
        // RFC 8707; the specification wants it sent whether or not the authorization server knows it.
        form.with("resource", target.resource().resource());
        return target.scopes().isEmpty() ? form : form.with("scope", String.join(" ", target.scopes()));
    }
}
