// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.Web.Answer;

/** What the token endpoint answers, and its words on record. */
final class ExchangeAssertions {
    static final String NO_POLICY =
            "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has been configured)";
    static final String BRACES = ". Valid federation policy for provided token: ";

    private ExchangeAssertions() {}

    static void assertExchanged(Federation federation, String jwt) throws Exception {
        assertThat(federation.exchange(jwt).text()).contains("\"access_token\"");
    }

    static void assertRefused(Answer answer, String description) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.json().path("error_description").asText()).isEqualTo(description);
    }

    static String braces(String issuer, String subject, String audience) {
        return "{issuer: '" + issuer + "', subject: '" + subject + "', audience: '" + audience + "'}";
    }
}
