// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has been configured)",
                "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the secret value.",
                "The service at /oidc/v1/token is temporarily unavailable. Please try again later. [TraceId: -]",
                "Client is not authorized to access \"https://adb-1.azuredatabricks.net\".",
                "unsupported bearer token",
                "policy {issuer: 'https://a/', subject: 'x@clients', audience: 'https://adb-1.net'}"
            })
    void whatServersSayStaysAsItIs(String said) {
        assertThat(SafeText.of(said)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "got eyJhbGciOiJSUzI1NiJ9.CANARY.sig here",
                "eyJhbGciCANARY",
                "subject_token=CANARY&scope=x",
                "{\"client_secret\":\"CANARY\"}",
                "{'client_secret': 'CANARY'}",
                "client_secret = CANARY",
                "CLIENT_SECRET: CANARY",
                "access_token=CANARY",
                "client_assertion=CANARY",
                "Authorization: Bearer CANARY",
                "Authorization: Basic CANARY",
                "bearer CANARY-0123456789abcdef",
                "https://user:CANARY@example.com/path",
                "see https://CANARY@example.com",
                "password=CANARY"
            })
    void secretsAreRemoved(String said) {
        assertThat(SafeText.of(said)).doesNotContain("CANARY");
    }

    @Test
    void accessTokenOfDatabricksIsRemoved() {
        assertThat(SafeText.of("token dapi0123456789abcdef0123456789abcdef refused"))
                .isEqualTo("token [removed] refused");
    }

    @Test
    void longRunIsRemoved() {
        assertThat(SafeText.of("x " + "Ab1".repeat(40) + " y")).isEqualTo("x [removed] y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>|502 Bad Gateway nginx",
                "<pre>nope</pre>|nope",
                "a<script>var x = 'secret'</script>b|a b"
            })
    void tagsAreRemoved(String said, String safe) {
        assertThat(SafeText.of(said)).isEqualTo(safe);
    }

    @Test
    void controlCharactersBecomeSpaces() {
        assertThat(SafeText.of("one\r\n2026 ERROR forged\u0000\u001b[31m\u2028\u202etwo"))
                .isEqualTo("one 2026 ERROR forged [31m two");
    }

    @Test
    void textIsCutAtThreeHundred() {
        assertThat(SafeText.of("word ".repeat(200)))
                .hasSizeLessThanOrEqualTo(300)
                .endsWith("…");
    }

    @Test
    void hugeTextIsNoBurden() {
        String huge = "<".repeat(1_000_000) + "client_secret".repeat(100_000);

        assertThat(SafeText.of(huge)).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void blankTextIsEmpty() {
        assertThat(SafeText.of("  \n ")).isEmpty();
    }
}
