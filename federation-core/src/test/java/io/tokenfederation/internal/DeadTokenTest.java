// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadTokenTest {
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

    @Test
    void unauthorizedIsAlwaysADeadToken() {
        assertThat(DeadToken.refused(401, NONE, "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":403,\"message\":\"Invalid access token.\"}",
                "{\"error_code\":403,\"message\":\"Token is expiring within 30 seconds. (token expired)\"}",
                "{\"error\":\"invalid_token\",\"error_description\":\"Token is expired\"}",
                "{\"message\":\"Invalid Token\"}",
                "JWT has expired",
                "<pre>Error: io.jsonwebtoken.ExpiredJwtException: too late</pre>"
            })
    void wordsOfADeadTokenCountOn403And400(String body) {
        assertThat(DeadToken.refused(403, NONE, body)).isTrue();
        assertThat(DeadToken.refused(400, NONE, body)).isTrue();
        assertThat(DeadToken.refused(404, NONE, body)).isFalse();
    }

    @Test
    void reasonHeaderCounts() {
        HttpHeaders reason =
                HttpHeaders.of(Map.of("x-databricks-reason-phrase", List.of("Token is expired")), (n, v) -> true);

        assertThat(DeadToken.refused(403, reason, "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"Invalid access token for the warehouse\"}",
                "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"invalid token 'FORM' at line 1\"}",
                "{\"message\":\"no CAN USE on the warehouse\"}",
                ""
            })
    void missingPermissionOrOtherMistakeIsNone(String body) {
        assertThat(DeadToken.refused(403, NONE, body)).isFalse();
        assertThat(DeadToken.refused(400, NONE, body)).isFalse();
    }
}
