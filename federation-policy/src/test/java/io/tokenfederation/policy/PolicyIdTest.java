// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two policies have the same id if they say the same, and only then. */
class PolicyIdTest {
    private static final String KEYS =
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                    + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";
    private static final String REORDERED =
            "{ \"keys\": [{\"crv\":\"P-256\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"kty\":\"EC\","
                    + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}]}";

    @Test
    void oneAudienceWithACommaIsNotTwo() {
        assertThat(id(policy().audience("x, y")))
                .isNotEqualTo(id(policy().audience("x").audience("y")));
    }

    @Test
    void aSubjectCannotPassForAnotherField() {
        assertThat(id(policy().subject("s, SUBJECT_CLAIM=oid")))
                .isNotEqualTo(id(policy().subject("s").subjectClaim("oid, SUBJECT_CLAIM=sub")));
        assertThat(id(policy().subject("s, SUBJECT_CLAIM=a").subjectClaim("b")))
                .isNotEqualTo(id(policy().subject("s").subjectClaim("a, SUBJECT_CLAIM=b")));
    }

    @Test
    void theOrderOfAudiencesAndOfAKeysMembersMakesNoOtherId() {
        assertThat(id(policy().audience("x").audience("y").jwksJson(KEYS)))
                .isEqualTo(id(policy().audience("y").audience("x").jwksJson(REORDERED)));
    }

    private static FederationPolicyBuilder policy() {
        return FederationPolicy.builder().issuer("https://idp.example.com");
    }

    private static String id(FederationPolicyBuilder policy) {
        return PolicyId.of(new PolicyContent(policy.build(), "account"));
    }
}
