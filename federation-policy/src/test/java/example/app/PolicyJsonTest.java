// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyJsonTest {
    private static final String KEYS = "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"uPUViFv\"}]}";

    @Test
    void writesTheBodyThatThePageShows() {
        FederationPolicy policy = FederationPolicy.builder()
                .issuer("https://token.actions.githubusercontent.com")
                .audience("https://github.com/my-github-org")
                .subject("repo:my-github-org/my-repo:environment:prod")
                .build();

        assertThat(policy.toJson()).isEqualTo("""
                {
                  "oidc_policy": {
                    "issuer": "https://token.actions.githubusercontent.com",
                    "audiences": [ "https://github.com/my-github-org" ],
                    "subject": "repo:my-github-org/my-repo:environment:prod",
                    "subject_claim": "sub"
                  }
                }""");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        FederationPolicy full = FederationPolicy.builder()
                .issuer("https://idp.example.com/oidc")
                .audience("a \"quoted\" one")
                .audience("back\\slash & 'tick' \u2028 $x ${y} %{z}")
                .subject("Änne \ud83d\ude00")
                .subjectClaim("oidc.circleci.com/project-id")
                .jwksJson(KEYS)
                .build();
        FederationPolicy elsewhere = FederationPolicy.builder()
                .issuer("https://idp.example.com/oidc")
                .jwksUri(URI.create("https://idp.example.com/jwks.json"))
                .build();

        assertThat(FederationPolicy.fromJson(full.toJson())).isEqualTo(full);
        assertThat(FederationPolicy.fromJson(elsewhere.toJson())).isEqualTo(elsewhere);
    }

    @Test
    void membersItDoesNotKnowAreSkippedAndEmptyOnesAreDefaults() {
        FederationPolicy policy = FederationPolicy.fromJson("""
                {
                  "name": "accounts/a/servicePrincipals/1/federationPolicies/p",
                  "service_principal_id": 1,
                  "oidc_policy": {
                    "issuer": "https://idp.example.com",
                    "audiences": null,
                    "subject": "",
                    "subject_claim": null,
                    "jwks_uri": "",
                    "jwks_json": null,
                    "something_new": { "deep": [ 1 ] }
                  }
                }""");

        assertThat(policy)
                .isEqualTo(FederationPolicy.builder()
                        .issuer("https://idp.example.com")
                        .build());
    }

    @Test
    void theObjectAloneWillDoAndKeysAsAnObjectToo() {
        FederationPolicy policy =
                FederationPolicy.fromJson("{\"issuer\":\"https://idp.example.com\",\"jwks_json\":" + KEYS + "}");

        assertThat(policy.jwksJson()).hasValue(KEYS);
    }

    @Test
    void storedMistakesAreKeptSoThatTheyShow() {
        FederationPolicy policy = FederationPolicy.fromJson(
                "{\"issuer\":\"idp.example.com\",\"audiences\":[\" a\"],\"subject\":\"s\\n\"}");

        assertThat(policy.issuer()).isEqualTo("idp.example.com");
        assertThat(policy.audiences()).containsExactly(" a");
        assertThat(policy.subject()).hasValue("s\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eyJ.secret",
                "[]",
                "{}",
                "null",
                "{\"oidc_policy\":\"x\"}",
                "{\"oidc_policy\":{}}",
                "{\"issuer\":1}",
                "{\"issuer\":\"https://a\",\"audiences\":[1]}",
                "{\"issuer\":\"https://a\",\"audiences\":\"a\"}",
                "{\"issuer\":\"https://a\",\"audiences\":{\"x\":\"https://a\"}}",
                "{\"issuer\":\"https://a\",\"subject\":\"s\",\"subject\":\"secret\"}",
                "{\"issuer\":\"https://a\"} {\"issuer\":\"https://secret\"}",
                "{\"issuer\":\"https://a\"} secret",
                "{\"issuer\":\"https://a\",\"jwks_uri\":\"https://a\",\"jwks_json\":\"{}\"}"
            })
    void whatIsNoPolicyIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.fromJson(json))
                .withMessageNotContaining("secret");
    }

    /** Passed over, each would make it another policy: without its audiences it accepts the account id alone. */
    @ParameterizedTest
    @CsvSource({
        "audience,audiences",
        "Audiences,audiences",
        "aud,audiences",
        "isuer,issuer",
        "iss,issuer",
        "subjects,subject",
        "subjectClaim,subject_claim",
        "subject-claim,subject_claim",
        "jwks_url,jwks_uri",
        "jwksJson,jwks_json"
    })
    void aMisspeltMemberIsRefusedAndItsNameIsSaid(String wrong, String right) {
        String json = "{\"issuer\":\"https://idp.example.com\",\"" + wrong + "\":[\"x\"]}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.fromJson("{\"oidc_policy\":" + json + "}"))
                .withMessageContaining("'" + wrong + "'")
                .withMessageEndingWith(" " + right);
    }

    @Test
    void aBuilderStartsFromAPolicy() {
        FederationPolicy policy = FederationPolicy.builder()
                .issuer("https://idp.example.com")
                .audience("a")
                .subject("s")
                .subjectClaim("oid")
                .jwksJson(KEYS)
                .build();

        assertThat(policy.toBuilder().build()).isEqualTo(policy);
        assertThat(policy.toBuilder().audience("b").build().audiences()).containsExactly("a", "b");
    }
}
