// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.workload.TokenVariableSource;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenVariableSourceTest {
    private static final String NAME = "DATABRICKS_ID_TOKEN";

    static Stream<Arguments> runtimes() {
        return Stream.of(
                Arguments.of(TokenVariableSource.gitLab(NAME), NAME, "id_tokens: " + NAME),
                Arguments.of(TokenVariableSource.circleCi(), "CIRCLE_OIDC_TOKEN_V2", "forks"),
                Arguments.of(TokenVariableSource.bitbucket(), "BITBUCKET_STEP_OIDC_TOKEN", "oidc: true"),
                Arguments.of(
                        TokenVariableSource.terraformCloud(),
                        "TFC_WORKLOAD_IDENTITY_TOKEN",
                        "TFC_WORKLOAD_IDENTITY_AUDIENCE"),
                Arguments.of(TokenVariableSource.of("MINE"), "MINE", "Have the runtime set the variable"));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void eachRuntimeHasItsVariableAndSaysHowItIsSet(TokenVariableSource source, String variable, String fix) {
        String jwt = Jwts.of("https://ci.example.com", Jwts.AUDIENCE, "job");

        assertThat(source.environment(Map.of(variable, jwt)).mint().value()).isEqualTo(jwt);

        IdpTokenException failure = Failures.of(source.environment(Map.of("OTHER", jwt)));
        assertThat(failure.code()).isEqualTo("WORKLOAD_VARIABLE_MISSING");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(variable);
        assertThat(failure.fix()).contains(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "-PT1S", "PT30S"})
    void w8TokenThatIsOverIsNotRetryableAndCannotBeRenewed(Duration left) {
        String jwt = Jwts.of("https://gitlab.example.com", Jwts.AUDIENCE, "job", left);

        IdpTokenException failure = Failures.of(TokenVariableSource.gitLab(NAME).environment(Map.of(NAME, jwt)));

        assertThat(failure.code()).isEqualTo("WORKLOAD_VARIABLE_EXPIRED");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.fix()).contains("request one in the step that uses it");
        assertThat(failure).hasMessageContaining(left.isNegative() ? "expired" : "ends in");
    }

    @Test
    void audienceIsComparedWhereOneIsExpected() {
        TokenVariableSource source = TokenVariableSource.of(NAME)
                .environment(Map.of(NAME, Jwts.of("https://ci.example.com", "https://other.example.com", "job")));

        IdpTokenException failure = Failures.of(source.audience(Jwts.AUDIENCE));

        assertThat(failure.code()).isEqualTo("WORKLOAD_AUDIENCE_UNEXPECTED");
        assertThat(failure).hasMessageContaining("https://other.example.com").hasMessageContaining(Jwts.AUDIENCE);
        assertThat(source.audience("https://other.example.com").mint()).isNotNull();
    }

    @Test
    void lineBreakAtTheEndDoesNoHarm() {
        String jwt = Jwts.of("https://ci.example.com", Jwts.AUDIENCE, "job");

        assertThat(TokenVariableSource.of(NAME)
                        .environment(Map.of(NAME, jwt + "\r\n"))
                        .mint()
                        .value())
                .isEqualTo(jwt);
    }

    @Test
    void whatIsNoJwtIsNotQuoted() {
        IdpTokenException failure =
                Failures.of(TokenVariableSource.of(NAME).environment(Map.of(NAME, Failures.CANARY)));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_OPAQUE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "canary7c1f0e5d | IDP_TOKEN_OPAQUE | eyJ",
                "dapicanary7c1f0e5d | IDP_TOKEN_OPAQUE | Databricks",
                "Bearer eyJ.canary7c1f0e5d.x | IDP_TOKEN_MALFORMED | without 'Bearer '",
                "'eyJ.canary7c1f0e5d.x' | IDP_TOKEN_MALFORMED | quotes",
                "\"eyJ.canary7c1f0e5d.x\" | IDP_TOKEN_MALFORMED | quotes",
                "{\"value\":\"canary7c1f0e5d\"} | IDP_TOKEN_OPAQUE | JSON",
                "$(canary7c1f0e5d) | IDP_TOKEN_OPAQUE | replaced",
                "${canary7c1f0e5d} | IDP_TOKEN_OPAQUE | replaced",
                "a.canary7c1f0e5d.b.c.d | IDP_TOKEN_MALFORMED | eyJ"
            })
    void whatIsNoJwtIsNamedByItsVariable(String text, String code, String fix) {
        IdpTokenException failure = Failures.of(TokenVariableSource.of(NAME).environment(Map.of(NAME, text)));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("the variable " + NAME);
        assertThat(failure.fix()).contains(fix);
    }

    @Test
    void jwtThatLacksAClaimIsNamedByItsVariable() {
        IdpTokenException failure = Failures.of(TokenVariableSource.of(NAME)
                .environment(Map.of(
                        NAME,
                        Jwts.withClaims("\"iss\":\"https://ci.example.com\",\"sub\":\"job\",\"exp\":4000000000"))));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_CLAIM_MISSING");
        assertThat(failure).hasMessageContaining("the variable " + NAME).hasMessageContaining("has no aud");
    }

    @Test
    void valueIsNotPrintedAndNamesAreChecked() {
        assertThat(TokenVariableSource.of(NAME)
                        .environment(Map.of(NAME, Failures.CANARY))
                        .audience("a"))
                .hasToString("TokenVariableSource[" + NAME + ", audience=a]");
        assertThatIllegalArgumentException().isThrownBy(() -> TokenVariableSource.of(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenVariableSource.of(NAME).audience(""));
    }
}
