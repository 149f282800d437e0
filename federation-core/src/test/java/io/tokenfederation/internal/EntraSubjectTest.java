// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntraSubjectTest {
    @ParameterizedTest
    @ValueSource(strings = {"azp", "appid"})
    void clientIdOfEitherVersionIsRecognised(String claim) {
        assertThat(EntraSubject.mistaken(Map.of("tid", "t", claim, "c-1", "sub", "o-1"), "c-1"))
                .hasValueSatisfying(hint -> assertThat(hint).contains("'c-1' is the client id"));
    }

    @Test
    void otherIdIsNotTakenForIt() {
        assertThat(EntraSubject.mistaken(Map.of("tid", "t", "azp", "c-1"), "o-2"))
                .isEmpty();
    }

    @Test
    void otherIssuersClientIdIsLeftToThem() {
        assertThat(EntraSubject.mistaken(Map.of("azp", "c-1", "sub", "c-1@clients"), "c-1"))
                .isEmpty();
    }
}
