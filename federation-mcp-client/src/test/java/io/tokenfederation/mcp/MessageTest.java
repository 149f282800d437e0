// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "{\"id\":1,\"result\":{},\"error\":null}; Result",
                "{\"id\":1,\"error\":{\"code\":-1,\"message\":\"m\"}}; Failure",
                "{\"error\":{}}; Failure",
                "{\"id\":\"a\",\"method\":\"ping\"}; Request",
                "{\"id\":null,\"method\":\"ping\"}; Request",
                "{\"method\":\"notifications/progress\"}; Notification"
            })
    void kindIsToldByWhatIsThere(String json, String kind) throws Exception {
        assertThat(read(json).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "[]",
                "[{\"id\":1,\"result\":{}}]",
                "{}",
                "7",
                "null",
                "{\"id\":1}",
                "{\"method\":7}",
                "{\"id\":1,\"result\":null}",
                "{\"id\":1,\"result\":7}",
                "{\"id\":1,\"result\":{}} x",
                "{\"id\":1,\"result\":{}",
                "{\"id\":1,\"result\":{\"resultType\":\"later\"}}",
                "{\"id\":1,\"result\":{\"resultType\":{\"a\":1}}}"
            })
    void restIsNoMessage(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(BadReplyException.class);
    }

    @ParameterizedTest
    @CsvSource({"7,true", "8,false", "7.0,false", "18446744073709551623,false", "null,false", "'\"7\"',false"})
    void idIsTheVeryNumberThatWasSent(String id, boolean ours) throws Exception {
        Message.Result<Boolean> result = (Message.Result<Boolean>) read("{\"result\":{},\"id\":" + id + "}");

        assertThat(Message.answers(result.id(), 7)).isEqualTo(ours);
    }

    @Test
    void errorWithoutNumberOrWordsIsStillOne() throws Exception {
        assertThat(read("{\"error\":{}}")).isInstanceOfSatisfying(Message.Failure.class, failure -> {
            assertThat(failure.error().code()).isZero();
            assertThat(failure.error().message()).isEmpty();
        });
    }

    @Test
    void requestKeepsItsIdAndParametersAsTheyCame() throws Exception {
        Message<Boolean> message = read("\uFEFF {\"params\":{\"ä\": 1.10} ,\"id\":\"a\\u0041\",\"method\":\"ping\"}");

        assertThat(message).isInstanceOfSatisfying(Message.Request.class, request -> {
            assertThat(request.id()).isEqualTo("\"a\\u0041\"");
            assertThat(request.params().text()).isEqualTo("{\"ä\": 1.10}");
        });
    }

    @Test
    void questionIsNoResult() throws Exception {
        Message<Boolean> message = read(
                "{\"id\":1,\"result\":{\"inputRequests\":{\"q\":{}},\"requestState\":\"s\\u0041\",\"resultType\":\"input_required\"}}");

        assertThat(message)
                .isInstanceOfSatisfying(
                        Message.Result.class,
                        result -> assertThat(result.outcome())
                                .isInstanceOfSatisfying(Outcome.InputRequired.class, required -> {
                                    assertThat(required.questions())
                                            .extracting(Slice::text)
                                            .isEqualTo("{\"q\":{}}");
                                    assertThat(required.state())
                                            .extracting(Slice::text)
                                            .isEqualTo("\"s\\u0041\"");
                                }));
    }

    private static Message<Boolean> read(String json) throws IOException {
        return MessageReader.read(Slice.of(json), ResultReader.ofNothing());
    }
}
