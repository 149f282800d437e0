// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.API;
import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose token it is and for whom: OpenID Connect Core 3.1.3.7, RFC 9068 §4. */
final class CallerRulesTest {
    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifierBuilder verifier = issuer.verifier();

    @Test
    void oneOfTheAudiencesIsEnough() {
        verifier.audience("other-api");

        assertAccepted(issuer.claims("aud", "other-api"));
        assertAccepted(issuer.claims("aud", List.of("https://idp.example.com/userinfo", API)));
        assertRefused(issuer.claims("aud", "third-api"), "CALLER_AUDIENCE_MISMATCH");
        assertRefused(issuer.claims("aud", List.of()), "CALLER_AUDIENCE_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sales-Portal", "sales-portal/", " sales-portal", "sales-portal sales-portal", "sales", ""})
    void audienceIsComparedCharacterForCharacter(String audience) {
        assertRefused(issuer.claims("aud", audience), "CALLER_AUDIENCE_MISMATCH");
    }

    @Test
    void nearMissIsExplained() {
        String guid = "11111111-2222-3333-4444-555555555555";

        assertThat(messageOf(issuer.verifier().audience("api://" + guid), issuer.claims("aud", guid)))
                .contains("Entra ID v2.0 tokens name an API by its client id");
        assertThat(messageOf(verifier, issuer.claims("iss", "https://idp.example.com")))
                .contains("the configuration has a trailing slash too many");
    }

    @Test
    void missingAudienceIsRefused() {
        Map<String, Object> claims = issuer.claims();
        claims.remove("aud");

        assertRefused(claims, "CALLER_AUDIENCE_MISMATCH");
    }

    @Test
    void audienceThatIsNoTextIsRefused() {
        assertRefused(issuer.claims("aud", List.of(API, 1)), "CALLER_TOKEN_MALFORMED");
        assertRefused(issuer.claims("aud", Map.of(API, API)), "CALLER_TOKEN_MALFORMED");
    }

    @Test
    void idTokenForOthersToIsRefusedUnlessTheyAreTrusted() {
        Map<String, Object> claims = issuer.claims("aud", List.of(API, "partner"));
        claims.put("azp", API);
        verifier.idTokens();

        assertRefused(claims, "CALLER_AUDIENCE_MISMATCH");
        verifier.trustedAudience("partner");
        assertAccepted(claims);
    }

    @Test
    void idTokenForSeveralNamesItsPartyWhichIsOurs() {
        verifier.idTokens().trustedAudience("partner");
        Map<String, Object> claims = issuer.claims("aud", List.of(API, "partner"));

        assertRefused(claims, "CALLER_PARTY_MISMATCH");
        claims.put("azp", "partner");
        assertRefused(claims, "CALLER_PARTY_MISMATCH");
        claims.put("azp", 7);
        assertRefused(claims, "CALLER_PARTY_MISMATCH");
        claims.put("azp", API);
        assertAccepted(claims);
    }

    @Test
    void idTokenForOneMayLeaveItsPartyOutButNotNameAnother() {
        verifier.idTokens();

        assertAccepted(issuer.claims());
        assertRefused(issuer.claims("azp", "mobile"), "CALLER_PARTY_MISMATCH");
        verifier.authorizedParty("mobile");
        assertAccepted(issuer.claims("azp", "mobile"));
    }

    /** Without idTokens(), what is plainly an ID token is held to an ID token's rules all the same. */
    @Test
    void idTokenIsHeldToItsRulesByDefault() {
        Map<String, Object> claims = issuer.claims("aud", List.of(API, "partner"));
        claims.put("at_hash", "x");

        assertRefused(claims, "CALLER_AUDIENCE_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azp", "client_id", "cid", "appid"})
    void accessTokenMustBeIssuedToTheNamedParty(String claim) {
        verifier.accessTokens().authorizedParty("spa").authorizedParty("mobile");

        assertAccepted(issuer.claims(claim, "spa"));
        assertAccepted(issuer.claims(claim, "mobile"));
        assertRefused(issuer.claims(claim, "evil"), "CALLER_PARTY_MISMATCH");
        assertRefused(issuer.claims(), "CALLER_PARTY_MISMATCH");
    }

    @Test
    void partyOfAnAccessTokenIsNotLookedAtUnlessNamed() {
        assertAccepted(issuer.claims("azp", "spa"));
    }

    @Test
    void nonceMustBeThatOfTheLogin() {
        CallerVerifier callers = verifier.idTokens().build();
        String token = signed(issuer.claims("nonce", "n-1"));

        assertThat(callers.verify(token, "n-1").subject()).isEqualTo("auth0|7");
        for (String other : List.of("n-2", "N-1", "n-1 ", "n-")) {
            assertThat(catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token, other))
                            .code())
                    .isEqualTo("CALLER_NONCE_MISMATCH");
        }
    }

    @Test
    void missingNonceIsNoNonce() {
        CallerVerifier callers = verifier.build();

        for (Map<String, Object> claims :
                List.of(issuer.claims(), issuer.claims("nonce", 7), issuer.claims("nonce", ""))) {
            String token = signed(claims);
            assertThat(catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token, "7"))
                            .code())
                    .isEqualTo("CALLER_NONCE_MISMATCH");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> callers.verify(issuer.token(), " "));
    }

    @Test
    void rememberedTokenIsStillHeldToItsNonce() {
        CallerVerifier callers = verifier.idTokens().keepVerified(10).build();
        String token = signed(issuer.claims("nonce", "n-1"));
        callers.verify(token, "n-1");

        assertThat(catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token, "n-2"))
                        .code())
                .isEqualTo("CALLER_NONCE_MISMATCH");
    }

    @Test
    void callerWithoutSubjectIsNobody() {
        Map<String, Object> nobody = issuer.claims();
        nobody.remove("sub");

        assertRefused(nobody, "CALLER_TOKEN_MALFORMED");
        assertRefused(issuer.claims("sub", " "), "CALLER_TOKEN_MALFORMED");
        assertRefused(issuer.claims("sub", List.of("auth0|7")), "CALLER_TOKEN_MALFORMED");
    }

    @Test
    void oneVerifierTakesOneKind() {
        verifier.idTokens().idTokens();

        assertThatIllegalStateException().isThrownBy(verifier::accessTokens);
        assertThatIllegalStateException().isThrownBy(verifier::typedAccessTokens);
    }

    @Test
    void companyAndEmailComeFromTheNamedClaims() {
        Map<String, Object> claims = new HashMap<>(issuer.claims());
        claims.put("https://example.com/company", "PartnerCorp");
        claims.put("https://example.com/email", "sarah@partner.example");

        Caller caller = verifier.companyClaim("https://example.com/company")
                .emailClaim("https://example.com/email")
                .build()
                .verify(signed(claims));

        assertThat(caller.company()).contains("PartnerCorp");
        assertThat(caller.email()).contains("sarah@partner.example");
        assertThat(caller).asString().doesNotContain("PartnerCorp", "sarah");
    }

    private void assertAccepted(Map<String, Object> claims) {
        assertThat(codeOf(verifier, signed(claims))).isEmpty();
    }

    private void assertRefused(Map<String, Object> claims, String code) {
        assertThat(codeOf(verifier, signed(claims))).isEqualTo(code);
    }

    private static String messageOf(CallerVerifierBuilder verifier, Map<String, Object> claims) {
        return String.valueOf(catchThrowableOfType(
                CallerRejectedException.class, () -> verifier.build().verify(signed(claims))));
    }

    /** The code of the refusal; empty if the token is accepted. */
    private static String codeOf(CallerVerifierBuilder verifier, String token) {
        try {
            verifier.build().verify(token);
            return "";
        } catch (CallerRejectedException refused) {
            assertThat(refused.getMessage()).doesNotContain(token);
            return refused.code();
        }
    }
}
