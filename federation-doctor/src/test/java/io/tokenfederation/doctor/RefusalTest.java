// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenExchangeException;
import io.tokenfederation.policy.FederationPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a refusal: of an exchange, where the policies are known, and of a call after it. */
final class RefusalTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede");
    private static final String ACCOUNT = "9a1c4e0f-6d5b-4f0e-8a43-2f1f5f3f7a10";
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ISSUER = "https://idp.example.com/";
    private static final IdpToken JWT =
            IdpToken.parse(Stage.jwt("RS256", Stage.claims(ISSUER, Stage.AUDIENCE, "backend")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"error_code\":401,\"message\":\"Credential was not sent\"}|WORKSPACE_NOT_ASSIGNED|TOKEN_REJECTED",
                "401|nothing of the kind|WORKSPACE_NOT_ASSIGNED|TOKEN_REJECTED",
                "403|{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"no\"}|WORKSPACE_NOT_ASSIGNED|PERMISSION_DENIED",
                "403|<html>no</html>|WORKSPACE_NOT_ASSIGNED|PERMISSION_DENIED",
                "403|{\"error_code\":403,\"message\":\"Invalid access token.\"}|TOKEN_REJECTED|TOKEN_REJECTED",
                "401|{\"error_code\":401,\"message\":\"Token is expired\"}|TOKEN_REJECTED|TOKEN_REJECTED"
            })
    void refusalOfACallIsToldByWhatWasAskedAndByItsWords(int status, String body, String ofMe, String ofAWarehouse) {
        assertThat(ApiRefusal.of(Asked.ME, WEST, status, body).code()).isEqualTo(ofMe);
        assertThat(ApiRefusal.of(Asked.warehouse("1a2b"), WEST, status, body).code())
                .isEqualTo(ofAWarehouse);
    }

    @Test
    void missingPermissionIsNamedWithPrincipalAndObject() {
        String body = "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"eyJhbGciOi.canary.sig is not allowed\"}";

        Problem genie = ApiRefusal.of(Asked.genieSpace("01ef"), WEST, 403, body);

        assertThat(genie.fix()).contains(WEST.toString(), "lacks CAN RUN on the Genie space '01ef'");
        assertThat(genie.httpStatus()).hasValue(403);
        assertThat(genie.oauthError()).contains("PERMISSION_DENIED");
        assertThat(genie.toString()).doesNotContain("canary");
        assertThat(ApiRefusal.of(Asked.app("https://app.example.com/mcp"), WEST, 403, body)
                        .fix())
                .contains("CAN USE on the app 'https://app.example.com/mcp'");
    }

    @Test
    void nearestPolicyIsTheOneThatIsMeant() {
        FederationPolicy far = policy("https://other.example.org", "https://adb-9.example.com", "frontend");
        FederationPolicy near = policy("https://idp.example.com", Stage.AUDIENCE, "backend");

        Problem problem = diagnosed(ErrorCode.NO_FEDERATION_POLICY, List.of(far, near));

        assertThat(problem.code()).isEqualTo("ISSUER_MISMATCH");
        assertThat(problem.mismatch()).contains(MismatchCause.TRAILING_SLASH_MISSING);
        assertThat(problem.fix()).contains("'https://idp.example.com/'", "'https://idp.example.com'");
        assertThat(problem.retryable()).isFalse();
    }

    @Test
    void policyThatFitsNeedsPatience() {
        FederationPolicy far = policy("https://other.example.org", Stage.AUDIENCE, "backend");

        Problem problem =
                diagnosed(ErrorCode.NO_FEDERATION_POLICY, List.of(far, policy(ISSUER, Stage.AUDIENCE, "backend")));

        assertThat(problem.code()).isEqualTo("POLICY_NOT_IN_EFFECT");
        assertThat(problem.retryable()).isTrue();
    }

    @Test
    void patienceIsNotAskedForWhereTheSignatureIsNotThePolicys() {
        Problem keys = Problem.of("POLICY_KEYS_UNREACHABLE", "the keys answered 503", "Wait.")
                .retryable(true);

        Problem problem = diagnosed(
                JWT,
                ErrorCode.NO_FEDERATION_POLICY,
                List.of(policy(ISSUER, Stage.AUDIENCE, "backend")),
                policy -> Optional.of(keys));

        assertThat(problem.code()).isEqualTo("POLICY_KEYS_UNREACHABLE");
        assertThat(problem.fix()).contains("the keys answered 503", "Wait.").doesNotContain("two minutes");
        assertThat(problem.retryable()).isTrue();
    }

    @Test
    void policyWhoseKeySignedItIsEnoughAmongThoseThatFit() {
        Problem keys = Problem.of("POLICY_SIGNATURE", "not by that key", "Take it whole.");
        FederationPolicy pinned = policy(ISSUER, Stage.AUDIENCE, "backend");
        FederationPolicy other =
                pinned.toBuilder().audience("https://adb-2.example.com").build();

        Problem problem = diagnosed(
                JWT,
                ErrorCode.NO_FEDERATION_POLICY,
                List.of(pinned, other),
                policy -> policy.equals(pinned) ? Optional.of(keys) : Optional.empty());

        assertThat(problem.code()).isEqualTo("POLICY_NOT_IN_EFFECT");
    }

    /** A matching policy used to be called one that does not work yet, and a missing one was to be pasted. */
    @ParameterizedTest
    @CsvSource({"nbf, NOT_YET_VALID", "iat, CLOCK_SKEW"})
    void tokenOfTheFutureIsCalledSoWhetherThePolicyIsKnownOrNot(String claim, MismatchCause cause) {
        Map<String, Object> claims = Stage.claims(ISSUER, Stage.AUDIENCE, "backend");
        claims.put(claim, NOW.plusSeconds(31).getEpochSecond());
        IdpToken early = IdpToken.parse(Stage.jwt("RS256", claims));

        assertThat(List.of(List.of(policy(ISSUER, Stage.AUDIENCE, "backend")), List.<FederationPolicy>of()))
                .allSatisfy(policies -> {
                    Problem problem =
                            diagnosed(early, ErrorCode.NO_FEDERATION_POLICY, policies, policy -> Optional.empty());

                    assertThat(problem.code()).isEqualTo("IDP_TOKEN_NOT_YET_VALID");
                    assertThat(problem.mismatch()).contains(cause);
                });
    }

    @ParameterizedTest
    @CsvSource({"30, 0, 0", "31, 0, 1", "90, 60, 0", "0, -31, 1"})
    void beginningIsMeasuredByTheServersClock(long ahead, long serverAhead, int problems) {
        Map<String, Object> claims = Stage.claims(ISSUER, Stage.AUDIENCE, "backend");
        claims.put("nbf", NOW.plusSeconds(ahead).getEpochSecond());
        IdpToken jwt = IdpToken.parse(Stage.jwt("RS256", claims));

        assertThat(LifeCheck.of(jwt, NOW, Duration.ofSeconds(serverAhead))).hasSize(problems);
    }

    @Test
    void withoutPoliciesNothingMoreIsKnown() {
        assertThat(diagnosed(ErrorCode.NO_FEDERATION_POLICY, List.of()).code()).isEqualTo("NO_FEDERATION_POLICY");
    }

    @Test
    void failureThatHasNothingToDoWithAPolicyStaysWhatItIs() {
        FederationPolicy near = policy("https://idp.example.com", Stage.AUDIENCE, "backend");

        assertThat(diagnosed(ErrorCode.EXCHANGE_UNREACHABLE, List.of(near)).code())
                .isEqualTo("EXCHANGE_UNREACHABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "-10, 0, IDP_TOKEN_EXPIRED",
        "0, 0, IDP_TOKEN_EXPIRED",
        "60, 0, IDP_TOKEN_TOO_SHORT",
        "61, 0, TOKEN_LIFE_TOO_SHORT",
        "599, 0, TOKEN_LIFE_TOO_SHORT",
        "600, 0, ''",
        "600, 30, TOKEN_LIFE_TOO_SHORT",
        "300, 400, IDP_TOKEN_EXPIRED"
    })
    void lifeIsMeasuredByTheServersClock(long left, long serverAhead, String codes) {
        Instant now = JWT.expiresAt().minusSeconds(left);

        List<Problem> found = LifeCheck.of(JWT, now, Duration.ofSeconds(serverAhead));

        assertThat(String.join(", ", found.stream().map(Problem::code).toList()))
                .isEqualTo(codes);
    }

    @Test
    void rightIdentityInTheRightGroupsIsLeftAlone() {
        assertThat(RowFilterCheck.of(
                        WEST, WEST.toString().toUpperCase(Locale.ROOT), List.of(new Membership("g", true, true))))
                .isEmpty();
    }

    private static FederationPolicy policy(String issuer, String audience, String subject) {
        return FederationPolicy.builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .build();
    }

    private static Problem diagnosed(ErrorCode code, List<FederationPolicy> policies) {
        return diagnosed(JWT, code, policies, policy -> Optional.empty());
    }

    private static Problem diagnosed(
            IdpToken jwt,
            ErrorCode code,
            List<FederationPolicy> policies,
            Function<FederationPolicy, Optional<Problem>> signature) {
        TokenExchangeException failure = new TokenExchangeException(Problem.of(code, "refused"));
        return new ExchangeDiagnosis(jwt, ACCOUNT, NOW, signature).of(failure, policies);
    }
}
