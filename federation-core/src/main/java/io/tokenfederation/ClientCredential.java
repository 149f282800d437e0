// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.TokenForm;
import java.net.URI;
import java.time.Instant;
import java.util.function.Supplier;

/** How a client shows the token endpoint who it is (RFC 6749 §2.3). What is secret is asked for anew in each request. */
sealed interface ClientCredential {
    /** Adds client id and credential to a request. */
    void addTo(TokenForm form, String clientId, URI endpoint, Instant now);

    /** {@code client_secret_post} and {@code client_secret_basic}. */
    record Secret(Supplier<String> secret, boolean basic) implements ClientCredential {
        @Override
        public void addTo(TokenForm form, String clientId, URI endpoint, Instant now) {
            String value = Credentials.read("client secret", secret);
            if (basic) {
                form.withBasic(clientId, value);
            } else {
                form.with("client_id", clientId).withSecret("client_secret", value);
            }
        }

        @Override
        public String toString() {
            return "Secret[redacted]";
        }
    }

    /** {@code private_key_jwt} and federated credentials (RFC 7521 §4.2). */
    record Assertion(ClientAssertion assertion) implements ClientCredential {
        private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        @Override
        public void addTo(TokenForm form, String clientId, URI endpoint, Instant now) {
            if (assertion.namesClientBeside()) {
                form.with("client_id", clientId);
            }
            form.with("client_assertion_type", TYPE)
                    .withSecret("client_assertion", assertion.mint(clientId, endpoint, now));
        }
    }

    /** {@code tls_client_auth} (RFC 8705 §2.1): the connection shows who it is, the form only says so. */
    record Tls() implements ClientCredential {
        @Override
        public void addTo(TokenForm form, String clientId, URI endpoint, Instant now) {
            form.with("client_id", clientId);
        }
    }
}
