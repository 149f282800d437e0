// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Databricks' refusals mean, by status, error and words. */
class PolicyRefusalsTest {
    private static final FederationPolicy POLICY = FederationPolicy.builder()
            .issuer("https://dev-1.us.auth0.com/")
            .audience("https://adb-1.2.azuredatabricks.net")
            .subject("backend@clients")
            .build();

    private final ScriptedApi api;

    PolicyRefusalsTest() throws IOException {
        api = new ScriptedApi();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | INVALID_PARAMETER_VALUE | You can create a maximum of 20 federation policies | POLICY_LIMIT_REACHED
            429 | RESOURCE_EXHAUSTED      | The maximum number of 20 federation policies has been reached | POLICY_LIMIT_REACHED
            400 | RESOURCE_EXHAUSTED      | Maximum number of federation policies reached: 20   | POLICY_LIMIT_REACHED
            429 | RESOURCE_EXHAUSTED      | Too many requests to federationPolicies.            | POLICY_RATE_LIMITED
            429 | RESOURCE_EXHAUSTED      | Rate limit exceeded for this policy API             | POLICY_RATE_LIMITED
            400 | INVALID_PARAMETER_VALUE | Policy description exceeds 200 characters           | POLICY_INVALID
            400 | INVALID_PARAMETER_VALUE | policy_id must be at most 63 characters             | POLICY_INVALID
            429 | REQUEST_LIMIT_EXCEEDED  | too many requests for federation policies           | POLICY_RATE_LIMITED
            409 | ABORTED                 | try again                                           | POLICY_EXISTS
            409 | RESOURCE_CONFLICT       | exists                                              | POLICY_EXISTS
            400 | RESOURCE_ALREADY_EXISTS | exists                                              | POLICY_EXISTS
            400 | BAD_REQUEST             | Unable to load valid OpenID configuration           | POLICY_ISSUER_UNREACHABLE
            400 | BAD_REQUEST             | Invalid service principal id                        | SERVICE_PRINCIPAL_NOT_FOUND
            404 | NOT_FOUND               | no such thing                                       | SERVICE_PRINCIPAL_NOT_FOUND
            404 | ENDPOINT_NOT_FOUND      | No API found for POST                               | POLICY_API_NOT_FOUND
            404 | FEATURE_DISABLED        | not enabled for this account                        | POLICY_API_NOT_FOUND
            400 | INVALID_PARAMETER_VALUE | issuer must be a valid HTTPS URL                    | POLICY_INVALID
            403 | PERMISSION_DENIED       | you may not                                         | PERMISSION_DENIED
            """)
    void refusalsHaveTheirCodes(int status, String error, String message, String code) {
        for (int i = 0; i < 4; i++) {
            api.answer(status, "{\"error_code\":\"" + error + "\",\"message\":\"" + message + "\"}");
        }

        assertThatThrownBy(() -> api.policies().create(DesiredPolicy.of(POLICY)))
                .isInstanceOfSatisfying(PolicyException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.oauthError()).contains(error);
                    assertThat(e).hasMessageContaining(message);
                });
        assertThat(api.requests).hasSize(code.equals("POLICY_RATE_LIMITED") ? 4 : 1);
    }

    /** A path that is not there must not be taken for a policy that is not there. */
    @ParameterizedTest
    @ValueSource(strings = {"ENDPOINT_NOT_FOUND", "FEATURE_DISABLED"})
    void noApiIsNotNoPolicy(String error) {
        for (int i = 0; i < 2; i++) {
            api.answer(404, "{\"error_code\":\"" + error + "\",\"message\":\"no\"}");
        }

        assertThatThrownBy(() -> api.policies().get("ci"))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_API_NOT_FOUND"));
        assertThatThrownBy(() -> api.policies().delete("ci")).isInstanceOf(PolicyException.class);
    }

    @Test
    void ensuringIsRepeatedWhenTheRateIsLimited() {
        String limited =
                "{\"error_code\":\"RESOURCE_EXHAUSTED\",\"message\":\"Too many requests to federationPolicies.\"}";
        api.answer(200, "{}")
                .answer(429, limited)
                .answer(200, ScriptedApi.stored(PolicyId.of(new PolicyContent(POLICY, ScriptedApi.ACCOUNT)), POLICY));

        assertThat(api.policies().ensure(POLICY).outcome()).isEqualTo(Ensured.Outcome.CREATED);
        assertThat(api.requests).hasSize(3);
    }

    /** Words nobody has seen may be about the number; but they may be about anything else. */
    @Test
    void twentyPoliciesAreAHintWhereTheWordsAreUnknown() {
        String one = "{\"policy_id\":\"ci\",\"oidc_policy\":{\"issuer\":\"https://i.example.com\"}}";
        String twenty = (one + ",").repeat(19) + one;
        api.answer(200, "{\"policies\":[" + twenty + "]}").answer(400, "{\"error_code\":\"X\",\"message\":\"no\"}");

        assertThatThrownBy(() -> api.policies().ensure(POLICY)).isInstanceOfSatisfying(PolicyException.class, e -> {
            assertThat(e.code()).isEqualTo("POLICY_INVALID");
            assertThat(e.fix()).contains("has 20 policies");
        });
    }
}
