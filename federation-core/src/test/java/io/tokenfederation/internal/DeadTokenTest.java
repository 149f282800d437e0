// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadTokenTest {
    @Test
    void unauthorizedIsAlwaysADeadToken() {
        assertThat(DeadToken.refused(401, "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":403,\"message\":\"Invalid access token.\"}",
                "{\"error_code\":403,\"message\":\"Token is expiring within 30 seconds. (token expired)\"}",
                "{\"error_code\":\"400\",\"message\":\"Token is expired\"}",
                "{\"error_code\":403,\"message\":\"Invalid Token\"}",
                "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"JWT has expired\"}",
                "{\"error_code\":400,\"message\":\"io.jsonwebtoken.ExpiredJwtException: too late\"}"
            })
    void wordsOfADeadTokenCountOn403And400(String body) {
        assertThat(DeadToken.refused(403, body)).isTrue();
        assertThat(DeadToken.refused(400, body)).isTrue();
        assertThat(DeadToken.refused(404, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"Invalid access token for the warehouse\"}",
                "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"invalid token 'FORM' at line 1\"}",
                "{\"error_code\":403,\"message\":\"no CAN USE on the warehouse\"}",
                ""
            })
    void missingPermissionOrOtherMistakeIsNone(String body) {
        assertThat(DeadToken.refused(403, body)).isFalse();
        assertThat(DeadToken.refused(400, body)).isFalse();
    }

    /** An application's own words about a token it used further down, after it had done something. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "downstream: token expired",
                "JWT has expired",
                "<pre>Error: io.jsonwebtoken.ExpiredJwtException: too late</pre>",
                "{\"message\":\"downstream: token expired\"}",
                "{\"error_code\":403}",
                "{\"error_code\":null,\"message\":\"token expired\"}",
                "{\"error_code\":403,\"message\":{\"text\":\"token expired\"}}",
                "{\"error\":{\"error_code\":403,\"message\":\"token expired\"}}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"token expired\"}}",
                "[{\"error_code\":403,\"message\":\"token expired\"}]",
                "{\"error_code\":403,\"message\":\"token expired\"} and more"
            })
    void wordsInAnyOtherShapeThanDatabricksOwnDoNotCount(String body) {
        assertThat(DeadToken.refused(403, body)).isFalse();
        assertThat(DeadToken.refused(400, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Invalid Token", "Invalid access token.", " invalid token.\n"})
    void plainWordsCountOn403WhereTheyAreAllThereIs(String body) {
        assertThat(DeadToken.refusedInPlainWords(403, body)).isTrue();
        assertThat(DeadToken.refusedInPlainWords(400, body)).isFalse();
        assertThat(DeadToken.refusedInPlainWords(403, "the tool said: " + body)).isFalse();
    }
}
