// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NounsTest {
    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "1234567890|numeric id",
                "abc@clients|Auth0 token",
                "' 7cb2f8a4-49a7-4147-83db-35cb69e5cede'|white space",
                "canary-0oa1b2c3|client id",
                "7cb2f8a4-49a7-4147-83db-35cb69e5ced|35 characters",
                "7cb2f8a449a7414783db35cb69e5cede|32 characters",
                "1-1-1-1-1|9 characters"
            })
    void whatIsNoApplicationIdIsRefusedWithAGuessAndNotQuoted(String id, String guess) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServicePrincipal.of(id))
                .withMessageContaining(guess)
                .withMessageNotContaining("canary");
    }

    @Test
    void applicationIdIsSentInLowerCase() {
        assertThat(ServicePrincipal.of("7CB2F8A4-49A7-4147-83DB-35CB69E5CEDE"))
                .hasToString("7cb2f8a4-49a7-4147-83db-35cb69e5cede")
                .isEqualTo(ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede"));
    }

    @Test
    void tokenFromElsewhereIsNobodysAndNotPrinted() {
        DatabricksToken token = DatabricksToken.of("canary", END);

        assertThat(token.servicePrincipal()).isEmpty();
        assertThat(token.scopes()).isEmpty();
        assertThat(token).hasToString("DatabricksToken[" + token.id() + ", exp=2030-01-01T00:00:00Z]");
    }

    @Test
    void tokensAreEqualByTheirValue() {
        DatabricksToken token = DatabricksToken.of("canary", END);

        assertThat(token)
                .isEqualTo(DatabricksToken.of("canary", Instant.MAX))
                .hasSameHashCodeAs(DatabricksToken.of("canary", Instant.MAX))
                .isNotEqualTo(DatabricksToken.of("canarz", END));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary\r\nX-Admin: 1", "can ary", "canary\n"})
    void tokenThatCannotBeSentIsRefusedAndNotQuoted(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabricksToken.of(value, END))
                .withMessageNotContaining("canary")
                .withMessageNotContaining("can ary");
    }

    @Test
    void callerIsWhoTheClaimsSay() {
        Caller caller = Caller.of(claims(Map.of("iss", "i", "sub", "s", "email", "e@x", "company", "PartnerCorp")));

        assertThat(caller.issuer()).isEqualTo("i");
        assertThat(caller.subject()).isEqualTo("s");
        assertThat(caller.email()).contains("e@x");
        assertThat(caller.company()).contains("PartnerCorp");
        assertThat(caller).hasToString("Caller[s of i]");
    }

    @Test
    void emailAndCompanyMayBeInOtherClaims() {
        VerifiedClaims claims = claims(Map.of("iss", "i", "sub", "s", "mail", "m@x", "org", "PartnerCorp"));

        assertThat(Caller.of(claims, "mail", "org").email()).contains("m@x");
        assertThat(Caller.of(claims, "mail", "org").company()).contains("PartnerCorp");
        assertThat(Caller.of(claims).email()).isEmpty();
        assertThat(Caller.of(claims).company()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub"})
    void callerNeedsIssuerAndSubject(String missing) {
        Map<String, Object> known = new HashMap<>(Map.of("iss", "canary", "sub", "canary"));
        known.put(missing, 5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Caller.of(claims(known)))
                .withMessageContaining("claim " + missing)
                .withMessageNotContaining("canary");
    }

    @Test
    void claimsAreFoundByTheirLiteralName() {
        VerifiedClaims claims = claims(Map.of("a", Map.of("b", "x"), "a.b", "literal"));

        assertThat(claims.get("a.b")).contains("literal");
        assertThat(claims.get("A.b")).isEmpty();
        assertThat(claims).hasToString("VerifiedClaims" + claims.names());
    }

    @Test
    void claimIsTextOrTextsOrNeither() {
        VerifiedClaims claims = claims(Map.of("one", "x", "two", List.of("x", "y"), "mixed", Arrays.asList("x", 1)));

        assertThat(claims.text("one")).contains("x");
        assertThat(claims.text("two")).isEmpty();
        assertThat(claims.texts("one")).contains(List.of("x"));
        assertThat(claims.texts("two")).contains(List.of("x", "y"));
        assertThat(claims.texts("mixed")).isEmpty();
        assertThat(claims.texts("none")).isEmpty();
    }

    @Test
    void claimsAreCopied() {
        Map<String, Object> source = new HashMap<>(Map.of("role", "reader"));
        VerifiedClaims claims = claims(source);

        source.put("role", "executive");

        assertThat(claims.text("role")).contains("reader");
    }

    @Test
    void claimsAreCopiedToTheirDepths() {
        List<Object> roles = new ArrayList<>(Arrays.asList("reader", null));
        Map<String, Object> realm = new HashMap<>(Map.of("roles", roles));
        VerifiedClaims claims = claims(Map.of("realm_access", realm, "groups", roles));

        roles.add("executive");
        realm.put("roles", "executive");

        assertThat(claims.get("groups")).contains(Arrays.asList("reader", null));
        assertThat(claims.get("realm_access")).contains(Map.of("roles", Arrays.asList("reader", null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "canary.canary.canary",
                "a.b.c.d.e",
                "eyJhbGciOiJub25lIn0.e30.",
                "eyJhbGciOiJSUzI1NiJ9.Y2FuYXJ5.c2ln",
                "eyJhbGciOiJSUzI1NiJ9.bnVsbA.c2ln"
            })
    void callersTokenThatIsNoSignedJwtIsRefusedBeforeAnythingIsFetched(String token) {
        CallerRejectedException refused = rejectionOf(token);

        assertThat(refused.code()).isEqualTo("CALLER_TOKEN_MALFORMED");
        assertThat(refused).hasMessageNotContaining("canary").hasNoCause();
    }

    /** Nothing has been verified yet, so whoever sends this could write lines of their own into the log. */
    @Test
    void issuerOfAForeignTokenCannotForgeALogLine() {
        String payload = "{\"iss\":\"x\\n2026-11-21 INFO forged" + "x".repeat(2_000) + "\"}";
        String token = "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";

        CallerRejectedException refused = rejectionOf(token);

        assertThat(refused.code()).isEqualTo("CALLER_ISSUER_MISMATCH");
        assertThat(refused.getMessage()).doesNotContain("\n").hasSizeLessThan(800);
    }

    private static CallerRejectedException rejectionOf(String token) {
        CallerVerifier verifier = CallerVerifier.builder()
                .issuer("https://nobody.invalid/")
                .audience("a")
                .build();
        return catchThrowableOfType(CallerRejectedException.class, () -> verifier.verify(token));
    }

    private static VerifiedClaims claims(Map<String, ?> claims) {
        return VerifiedClaims.alreadyVerified(claims);
    }
}
