// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.internal.NearMiss.Found;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimMixUpTest {
    @ParameterizedTest
    @ValueSource(strings = {"azp", "appid"})
    void clientIdOfEitherVersionIsRecognised(String claim) {
        assertThat(ClaimMixUp.of(Map.of("tid", "t", claim, "c-1", "sub", "o-1"), "sub", "c-1"))
                .hasValueSatisfying(found -> {
                    assertThat(found.mistake()).isEqualTo("ENTRA_CLIENT_ID_FOR_OBJECT_ID");
                    assertThat(found.hint()).contains("'c-1' is the client id");
                });
    }

    @Test
    void otherIdIsNotTakenForIt() {
        assertThat(ClaimMixUp.of(Map.of("tid", "t", "azp", "c-1"), "sub", "o-2"))
                .isEmpty();
    }

    @Test
    void auth0sClientIdLacksItsSuffixAndIsNoOtherClaim() {
        assertThat(ClaimMixUp.of(Map.of("azp", "c-1", "sub", "c-1@clients"), "sub", "c-1"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"azp", "cid", "client_id"})
    void clientIdOfOtherIssuersIsRecognisedToo(String claim) {
        assertThat(ClaimMixUp.of(Map.of(claim, "backend", "sub", "52ec025a"), "sub", "backend"))
                .map(Found::mistake)
                .contains("CLIENT_ID_FOR_SUBJECT");
    }

    @Test
    void whateverStandsElsewhereInTheTokenIsFoundThere() {
        assertThat(ClaimMixUp.of(Map.of("sub", "x", "preferred_username", "me", "name", "me"), "sub", "me"))
                .contains(
                        new Found("SUBJECT_IN_OTHER_CLAIM", "the token has this value in the claim name, not in sub"));
    }
}
