// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.Problem;
import io.tokenfederation.SigningKey;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenForm;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** How the application shows an authorization server who it is, in a way that server lets clients do it. */
sealed interface RegisteredClient {
    /**
     * Adds client id and credential to a request.
     *
     * @throws McpException if the server takes no credential of this kind
     */
    void addTo(TokenForm form, AuthorizationServer server, Instant now);

    /** It does not: the grant itself says who asks. */
    record Unknown() implements RegisteredClient {
        @Override
        public void addTo(TokenForm form, AuthorizationServer server, Instant now) {
            // Nothing to show.
        }
    }

    /** It says its name and proves nothing. */
    record Named(String id) implements RegisteredClient {
        @Override
        public void addTo(TokenForm form, AuthorizationServer server, Instant now) {
            form.with("client_id", id);
        }

        @Override
        public String toString() {
            return "Named";
        }
    }

    /** {@code client_secret_basic}, or {@code client_secret_post} where only that is taken. */
    record WithSecret(String id, Supplier<String> secret) implements RegisteredClient {
        private static final String BASIC = "client_secret_basic";
        private static final String POST = "client_secret_post";

        @Override
        public void addTo(TokenForm form, AuthorizationServer server, Instant now) {
            // A server that does not say takes Basic (RFC 8414 §2).
            List<String> methods = server.methods().isEmpty() ? List.of(BASIC) : server.methods();
            if (methods.contains(BASIC)) {
                form.withBasic(id, read());
            } else if (methods.contains(POST)) {
                form.with("client_id", id).withSecret("client_secret", read());
            } else {
                throw unsupported(server, methods, "the client has a secret");
            }
        }

        private String read() {
            String value = secret.get();
            if (value == null || value.isBlank()) {
                throw new McpException(McpErrorCode.MCP_AUTH_CLIENT_REJECTED
                        .problem("the supplier of the secret of client '" + SafeText.of(id) + "' gave nothing")
                        .fix("Check the supplier: it must give the secret each time it is asked."));
            }
            return value;
        }

        @Override
        public String toString() {
            return "WithSecret[redacted]";
        }
    }

    /** {@code private_key_jwt} (RFC 7523 §2.2), meant for the issuer and no one else. */
    record WithKey(String id, SigningKey key) implements RegisteredClient {
        private static final String METHOD = "private_key_jwt";
        private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        @Override
        public void addTo(TokenForm form, AuthorizationServer server, Instant now) {
            if (!server.methods().isEmpty() && !server.methods().contains(METHOD)) {
                throw unsupported(server, server.methods(), "the client has a key");
            }
            ClientAssertion assertion =
                    ClientAssertion.signedBy(signingFor(server)).audience(server.issuer());
            // No client_id beside it: the assertion's sub names the client (RFC 7521 §4.2).
            form.with("client_assertion_type", TYPE)
                    .withSecret("client_assertion", assertion.mint(id, server.tokenEndpoint(), now));
        }

        private SigningKey signingFor(AuthorizationServer server) {
            if (server.algorithms().isEmpty() || server.algorithms().contains(key.algorithm())) {
                return key;
            }
            for (String algorithm : server.algorithms()) {
                try {
                    return key.algorithm(algorithm);
                } catch (IllegalArgumentException e) {
                    // For keys of another kind.
                }
            }
            throw unsupported(server, server.algorithms(), "the client's key signs with " + key.algorithm());
        }

        @Override
        public String toString() {
            return "WithKey[" + key + "]";
        }
    }

    private static McpException unsupported(AuthorizationServer server, List<String> takes, String has) {
        Problem problem = McpErrorCode.MCP_AUTH_METHOD_UNSUPPORTED.problem(
                server.who() + " takes " + SafeText.of(String.join(", ", takes)) + ", but " + has);
        return new McpException(problem);
    }
}
