// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRpcTest {
    @Test
    void requestHasItsIdAndItsParameters() {
        Slice request = JsonRpc.request(7, "tools/call", Slice.of("{\"name\":\"größe\"}"));

        assertThat(request.text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"größe\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {"{}; {\"_meta\":{\"v\":1}}", "{\"name\":\"q\"}; {\"name\":\"q\",\"_meta\":{\"v\":1}}"})
    void metaIsTheLastParameter(String params, String all) {
        Slice request = JsonRpc.request(7, "ping", Slice.of(params), Slice.of("{\"v\":1}"));

        assertThat(request.text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":" + all + "}");
    }

    @Test
    void partsOfLargerTextsAreTakenAsTheyAre() {
        Slice part = new Slice(Slice.of("xx{\"a\":1}yy").bytes(), 2, 9);

        assertThat(JsonRpc.with(part, "b", part).text()).isEqualTo("{\"a\":1,\"b\":{\"a\":1}}");
        assertThat(JsonRpc.request(1, "m", part, part).text()).contains("{\"a\":1,\"_meta\":{\"a\":1}}");
    }

    @Test
    void serversIdComesBackInItsOwnScript() {
        assertThat(JsonRpc.result("\"号7\"", Slice.of("{}")).text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"号7\",\"result\":{}}");
    }

    @Test
    void longPartsOfAnyScriptFit() {
        String method = "com.example/" + "m".repeat(500);
        String id = '"' + "号".repeat(500) + '"';

        assertThat(JsonRpc.request(Long.MIN_VALUE, method, Slice.of("{}"), Slice.of("{}"))
                        .text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":-9223372036854775808,\"method\":\"" + method
                        + "\",\"params\":{\"_meta\":{}}}");
        assertThat(JsonRpc.error(id, -32601, "none").text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32601,\"message\":\"none\"}}");
        assertThat(JsonRpc.withForeign(Slice.of("{}"), id, Slice.of("1")).text())
                .isEqualTo("{\"\\\"" + "号".repeat(500) + "\\\"\":1}");
    }

    @Test
    void foreignNamesAreQuotedAsJsonWantsIt() {
        assertThat(JsonRpc.withForeign(Slice.of("{\"a\":1}"), "\"\\\n", Slice.of("2"))
                        .text())
                .isEqualTo("{\"a\":1,\"\\\"\\\\\\n\":2}");
    }

    @Test
    void notificationsHaveNoIdAndParametersOnlyIfThereAreAny() {
        assertThat(JsonRpc.notification("notifications/initialized").text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertThat(JsonRpc.notification("notifications/cancelled", Slice.of("{\"requestId\":7}"))
                        .text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    }
}
