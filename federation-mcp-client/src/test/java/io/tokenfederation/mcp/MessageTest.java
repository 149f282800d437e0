// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"id\":1,\"result\":null}; Result",
                "{\"id\":1,\"result\":{},\"error\":null}; Result",
                "{\"id\":1,\"error\":{\"code\":-1,\"message\":\"m\"}}; Failure",
                "{\"error\":{}}; Failure",
                "{\"id\":\"a\",\"method\":\"ping\"}; Request",
                "{\"id\":null,\"method\":\"ping\"}; Request",
                "{\"method\":\"notifications/progress\"}; Notification"
            })
    void kindIsToldByWhatIsThere(String json, String kind) throws Exception {
        assertThat(Message.of(node(json)).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[{\"id\":1,\"result\":{}}]", "{}", "7", "null", "{\"id\":1}", "{\"method\":7}"})
    void restIsNoMessage(String json) throws Exception {
        JsonNode node = node(json);

        assertThatThrownBy(() -> Message.of(node)).isInstanceOf(BadReplyException.class);
    }

    @ParameterizedTest
    @CsvSource({"7,true", "8,false", "7.0,false", "18446744073709551623,false", "null,false"})
    void idIsTheVeryNumberThatWasSent(String id, boolean ours) throws Exception {
        assertThat(Message.answers(node(id), 7)).isEqualTo(ours);
    }

    @Test
    void errorWithoutNumberOrWordsIsStillOne() throws Exception {
        assertThat(Message.errorOf(node("{\"error\":{}}"))).isEqualTo(new RpcError(0, ""));
    }

    private static JsonNode node(String json) throws IOException {
        return JsonRpc.read(json);
    }
}
