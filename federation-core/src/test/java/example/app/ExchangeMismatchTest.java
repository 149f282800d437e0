// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.FederationException;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.TokenExchangeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Databricks names in a refusal is compared with the JWT; how they differ has a name, and the character is shown. */
final class ExchangeMismatchTest {
    private static final Workspace WORKSPACE = new Workspace();
    private static final String POLICY = "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has"
            + " been configured). Valid federation policy for provided token: {issuer: '%s', subject: '%s', audience: '%s'}";

    @AfterAll
    static void stop() {
        WORKSPACE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://idp.example.com|" + Jwts.SUBJECT
                        + "|TRAILING_SLASH_MISSING|the reply lacks the trailing slash",
                "https://IDP.example.com/|" + Jwts.SUBJECT
                        + "|LETTER_CASE|at character 9 the reply has 'I', the JWT 'i'",
                "https://idp.exampel.com/|" + Jwts.SUBJECT + "|ONE_CHARACTER|the reply has 'e', the JWT 'l'",
                Jwts.ISSUER + "|m2m-client|AUTH0_CLIENTS_SUFFIX|the reply lacks the suffix @clients"
            })
    void differenceIsNamed(String issuer, String subject, MismatchCause cause, String hint) {
        TokenExchangeException failure = refusal(issuer, subject);

        assertThat(failure.mismatch()).contains(cause);
        assertThat(failure.fix()).contains(" (" + cause + ": ").contains(hint);
        assertThat(failure).hasMessageContaining(cause.name());
    }

    @Test
    void whereNothingDiffersThereIsNoCause() {
        assertThat(refusal(Jwts.ISSUER, Jwts.SUBJECT).mismatch()).isEmpty();
    }

    @Test
    void differenceWithoutAKnownReasonIsShownWithoutAName() {
        TokenExchangeException failure = refusal("https://sso.example.net/realms/other", Jwts.SUBJECT);

        assertThat(failure.mismatch()).isEmpty();
        assertThat(failure.fix()).contains("the reply names 'https://sso.example.net/realms/other'. ");
    }

    private static TokenExchangeException refusal(String issuer, String subject) {
        WORKSPACE.workspace.resetAll();
        WORKSPACE.answers(json(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\""
                        + POLICY.formatted(issuer, subject, Jwts.AUDIENCE) + "\"}"));
        FederationException failure = WORKSPACE.failure();
        assertThat(failure).isInstanceOf(TokenExchangeException.class);
        return (TokenExchangeException) failure;
    }
}
