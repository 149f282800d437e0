// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.IdpToken;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.FederationPolicyBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FederationPolicyTest {
    private static final String ISSUER = "https://idp.example.com/oidc";
    /** The key of RFC 7517 appendix A.1, public. */
    private static final String EC_KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"";

    @Test
    void anIssuerAloneMakesAnAccountPolicyWithTheDefaults() {
        FederationPolicy policy = FederationPolicy.builder().issuer(ISSUER).build();

        assertThat(policy.audiences()).isEmpty();
        assertThat(policy.subject()).isEmpty();
        assertThat(policy.subjectClaim()).isEqualTo("sub");
        assertThat(policy.jwksUri()).isEmpty();
        assertThat(policy.jwksJson()).isEmpty();
    }

    @Test
    void theIssuerIsRequired() {
        FederationPolicyBuilder builder = FederationPolicy.builder().audience("databricks");

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://idp.example.com/", "idp.example.com", "ftp://idp.example.com", "https://", "https://a b"
            })
    void anIssuerThatIsNoHttpsUrlIsRefused(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.builder().issuer(issuer))
                .withMessageContaining("the issuer");
    }

    @Test
    void anIssuerOnLoopbackMayUseHttp() {
        FederationPolicy policy =
                FederationPolicy.builder().issuer("http://127.0.0.1:4711/").build();

        assertThat(policy.issuer()).isEqualTo("http://127.0.0.1:4711/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", " x", "x ", "x\n"})
    void blankValuesAndSurroundingWhiteSpaceAreRefused(String value) {
        FederationPolicyBuilder builder = FederationPolicy.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.issuer(value));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.audience(value));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.subject(value));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.subjectClaim(value));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.jwksJson(value));
    }

    @Test
    void fiveKeysAreTakenAndSixAreNot() {
        FederationPolicyBuilder builder = FederationPolicy.builder().issuer(ISSUER);

        assertThat(builder.jwksJson(keys(5)).build().jwksJson()).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.jwksJson(keys(6)))
                .withMessageContaining("6 keys")
                .withMessageContaining("jwksUri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"keys\":[]}", "not JSON", "{\"keys\":[{\"kty\":\"EC\"}]}"})
    void whatIsNoKeySetIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.builder().jwksJson(json))
                .withMessageContaining("jwksJson");
    }

    @Test
    void aPrivateKeyIsRefusedAndNotRepeated() {
        String secret = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";
        String json = "{\"keys\":[" + EC_KEY + ",\"d\":\"" + secret + "\"}]}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.builder().jwksJson(json))
                .withMessageContaining("public keys only")
                .withMessageNotContaining(secret);
    }

    @Test
    void keysComeFromOnePlace() {
        FederationPolicyBuilder builder = FederationPolicy.builder()
                .issuer(ISSUER)
                .jwksUri(URI.create("https://idp.example.com/jwks.json"))
                .jwksJson(keys(1));

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("jwksUri")
                .withMessageContaining("jwksJson");
    }

    @Test
    void theSamePartsMakeTheSamePolicy() {
        FederationPolicy one =
                FederationPolicy.builder().issuer(ISSUER).subject("s").build();
        FederationPolicy same =
                FederationPolicy.builder().issuer(ISSUER).subject("s").build();
        FederationPolicy other = FederationPolicy.builder().issuer(ISSUER).build();

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    }

    @Test
    void thePolicyMadeFromATokenMatchesIt() {
        IdpToken token = IdpToken.parse(unsigned("{\"iss\":\"https://dev-1.us.auth0.com/\",\"aud\":[\"https://adb-1\","
                + "\"https://dev-1.us.auth0.com/userinfo\"],\"sub\":\"kD3@clients\",\"exp\":2000000000}"));

        FederationPolicy policy = FederationPolicy.matching(token);

        assertThat(policy.compare(token, "account")).isEmpty();
        assertThat(policy.audiences()).containsExactly("https://adb-1");
        assertThat(policy.subject()).hasValue("kD3@clients");
    }

    @Test
    void keycloaksOwnAudienceIsTakenOnlyWhereThereIsNoOther() {
        IdpToken mapped =
                IdpToken.parse(unsigned("{\"iss\":\"https://sso.example.com/realms/main\",\"aud\":[\"account\","
                        + "\"https://adb-1\"],\"sub\":\"3f2a\",\"exp\":2000000000}"));
        IdpToken unmapped = IdpToken.parse(unsigned("{\"iss\":\"https://sso.example.com/realms/main\","
                + "\"aud\":\"account\",\"sub\":\"3f2a\",\"exp\":2000000000}"));

        assertThat(FederationPolicy.matching(mapped).audiences()).containsExactly("https://adb-1");
        assertThat(FederationPolicy.matching(unmapped).audiences()).containsExactly("account");
    }

    private static String keys(int count) {
        return "{\"keys\":[" + String.join(",", Collections.nCopies(count, EC_KEY + "}")) + "]}";
    }

    private static String unsigned(String claims) {
        return base64("{\"alg\":\"RS256\"}") + "." + base64(claims) + "." + base64("signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
