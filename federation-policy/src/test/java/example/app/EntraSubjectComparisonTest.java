// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.policy.FederationPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EntraSubjectComparisonTest {
    private static final String ISSUER = "https://login.microsoftonline.com/t-1/v2.0";
    private static final Map<String, String> TOKEN =
            Map.of("iss", ISSUER, "aud", "api-1", "sub", "object-1", "azp", "client-1", "tid", "t-1");

    @Test
    void clientIdInPlaceOfTheObjectIdIsNamed() {
        assertThat(policy("client-1").compare(TOKEN, "account")).singleElement().satisfies(difference -> {
            assertThat(difference.actual()).isEqualTo("object-1");
            assertThat(difference.hint()).contains("'client-1' is the client id");
        });
    }

    @Test
    void anotherSubjectIsNoClientId() {
        assertThat(policy("object-2").compare(TOKEN, "account"))
                .singleElement()
                .satisfies(difference -> assertThat(difference.hint()).isEmpty());
    }

    private static FederationPolicy policy(String subject) {
        return FederationPolicy.builder()
                .issuer(ISSUER)
                .audience("api-1")
                .subject(subject)
                .build();
    }
}
