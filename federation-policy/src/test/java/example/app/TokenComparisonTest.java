// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is compared beside the claims: the algorithm, the key's id, and the time. */
class TokenComparisonTest {
    private static final String ISSUER = "https://idp.example.com";
    private static final Signer OLD = new Signer("k-1");
    private static final Signer NEW = new Signer("k-2");
    private static final FederationPolicy POLICY = FederationPolicy.matching(OLD.token(ISSUER));
    private static final FederationPolicy PINNED =
            POLICY.toBuilder().jwksJson(Signer.jwks(OLD)).build();

    @Test
    void matchingTokenInItsTimeDiffersInNothing() {
        assertThat(POLICY.compare(OLD.token(ISSUER), "account", Signer.NOW)).isEmpty();
        assertThat(PINNED.compare(OLD.token(ISSUER), "account", Signer.NOW)).isEmpty();
    }

    @Test
    void claimsComeFirstThenTheAlgorithmThenTheTime() {
        FederationPolicy other = POLICY.toBuilder().subject("frontend").build();

        List<Difference> differences =
                other.compare(Signer.hs256(ISSUER + "/"), "account", Signer.NOW.plusSeconds(3600));

        assertThat(differences)
                .extracting(Difference::cause)
                .containsExactly(
                        MismatchCause.TRAILING_SLASH_MISSING,
                        MismatchCause.OTHER,
                        MismatchCause.ALGORITHM,
                        MismatchCause.EXPIRED);
        assertThat(differences).extracting(Difference::claim).containsExactly("iss", "sub", "alg", "exp");
        assertThat(differences.get(2).expected()).isEqualTo("RS256, ES256");
        assertThat(differences.get(3).hint()).isEqualTo("the token ended 0 s ago");
    }

    @Test
    void keyThatIsNotPinnedIsNamed() {
        assertThat(PINNED.compare(NEW.token(ISSUER), "account")).singleElement().satisfies(difference -> {
            assertThat(difference.cause()).isEqualTo(MismatchCause.PINNED_KEY_MISSING);
            assertThat(difference.claim()).isEqualTo("kid");
            assertThat(difference.expected()).isEqualTo("k-1");
            assertThat(difference.actual()).isEqualTo("k-2");
            assertThat(difference.fix()).contains("Add the key 'k-2'");
        });
    }

    @Test
    void keyThatWasPinnedWithoutItsIdMayBeAny() {
        FederationPolicy policy = POLICY.toBuilder()
                .jwksJson(Signer.jwks(OLD).replace("\"kid\":\"k-1\",", ""))
                .build();

        assertThat(policy.compare(NEW.token(ISSUER), "account")).isEmpty();
    }

    @Test
    void keysThatCannotBeReadPinNothing() {
        FederationPolicy stored = FederationPolicy.fromJson(
                POLICY.toJson().replace("\"subject_claim\"", "\"jwks_json\": \"broken\", \"subject_claim\""));

        assertThat(stored.compare(OLD.token(ISSUER), "account")).singleElement().satisfies(difference -> {
            assertThat(difference.cause()).isEqualTo(MismatchCause.PINNED_KEY_MISSING);
            assertThat(difference.expected()).isEqualTo("(no key that can be read)");
        });
    }

    @Test
    void tokenEndsAtItsLastSecond() {
        IdpToken token = OLD.token(ISSUER);
        Instant end = token.expiresAt();

        assertThat(POLICY.compare(token, "account", end.minusMillis(1))).isEmpty();
        assertThat(POLICY.compare(token, "account", end.plusSeconds(90)))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.cause()).isEqualTo(MismatchCause.EXPIRED);
                    assertThat(difference.actual()).isEqualTo("2030-01-01T13:00:00Z");
                    assertThat(difference.hint()).isEqualTo("the token ended 90 s ago");
                });
    }

    @Test
    void tokenFromTheFutureTellsOfTwoClocks() {
        Instant early = Signer.NOW.minusSeconds(31);
        IdpToken both = OLD.token(ISSUER, Map.of("nbf", Signer.NOW.getEpochSecond()));

        assertThat(POLICY.compare(both, "account", Signer.NOW.minusSeconds(30))).isEmpty();
        assertThat(POLICY.compare(both, "account", early)).singleElement().satisfies(difference -> {
            assertThat(difference.cause()).isEqualTo(MismatchCause.CLOCK_SKEW);
            assertThat(difference.hint())
                    .isEqualTo("the token was issued in the future, 31 s from now: two clocks differ");
        });
    }

    @Test
    void tokenThatWaitsForItsBeginningIsNotYetValid() {
        IdpToken later =
                OLD.token(ISSUER, Map.of("nbf", Signer.NOW.plusSeconds(600).getEpochSecond()));

        assertThat(POLICY.compare(later, "account", Signer.NOW)).singleElement().satisfies(difference -> {
            assertThat(difference.cause()).isEqualTo(MismatchCause.NOT_YET_VALID);
            assertThat(difference.claim()).isEqualTo("nbf");
            assertThat(difference.hint()).isEqualTo("the token begins 600 s from now");
        });
    }
}
