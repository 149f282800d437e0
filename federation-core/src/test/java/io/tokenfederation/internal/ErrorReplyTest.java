// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorReplyTest {
    /** OAuth, Databricks REST, numeric code, Okta, Auth0, Delta Sharing, SCIM, API 1.2, nested, and one with nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"error\":\"invalid_grant\",\"error_description\":\"bad\"}|invalid_grant|bad",
                "{\"error_code\":\"NOT_FOUND\",\"message\":\"none\",\"details\":[{}]}|NOT_FOUND|none",
                "{\"error_code\":401,\"message\":\"not sent\"}|401|not sent",
                "{\"errorCode\":\"invalid_client\",\"errorSummary\":\"no\"}|invalid_client|no",
                "{\"code\":\"unauthorized\",\"description\":\"no\"}|unauthorized|no",
                "{\"errorCode\":\"INVALID_STATE\",\"message\":\"no\"}|INVALID_STATE|no",
                "{\"detail\":\"gone\",\"status\":\"404\",\"scimType\":\"noTarget\"}|noTarget|gone",
                "{\"error\":\"Unauthorized\"}|Unauthorized|^^",
                "{\"error\":{\"code\":-32600,\"message\":\"bad request\"}}|-32600|bad request",
                "{\"error\":null,\"message\":\"just words\"}|^^|just words",
                "{}|^^|^^"
            })
    void jsonShapeIsUnderstood(String body, String error, String description) {
        assertThat(ErrorReply.of(body)).isEqualTo(new ErrorReply(error, description, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Too Many Requests|Too Many Requests",
                "<html><body><h1>502 Bad Gateway</h1></body></html>|502 Bad Gateway",
                "{\"error\":\"cut of|{\"error\":\"cut of",
                "[1,2]|[1,2]",
                "\"text\"|\"text\"",
                "null|null",
                "^^|^^"
            })
    void anythingElseIsText(String body, String description) {
        assertThat(ErrorReply.of(body)).isEqualTo(new ErrorReply("", description, false));
    }

    @Test
    void deepNestingIsNoBurden() {
        assertThat(ErrorReply.of("{\"error\":".repeat(50_000)).json()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"invalid\",\"error_description\":\"the secret s3cr/t+1=2 is wrong\"}",
                "{\"error\":\"invalid\",\"error_description\":\"the secret s3cr\\/t+1=2 is wrong\"}",
                "{\"error\":\"invalid\",\"error_description\":\"the secret s3cr/t\\u002b1\\u003d2 is wrong\"}",
                "{\"error\":\"s3cr\\/t+1=2\"}",
                "{\"error\":\"invalid\",\"error_description\":\"form was s3cr%2Ft%2B1%3D2&x=1\"}",
                "the secret s3cr/t+1=2 is wrong",
                "form was s3cr%2Ft%2B1%3D2"
            })
    void secretOfTheRequestIsRemovedHoweverItIsWritten(String body) {
        HttpReply reply = new HttpReply(
                URI.create("https://example.com"),
                400,
                HttpHeaders.of(Map.of(), (name, value) -> true),
                body.getBytes(StandardCharsets.UTF_8));

        ErrorReply said = ErrorReply.of(reply, Set.of("s3cr/t+1=2"));

        assertThat(said.error() + said.description()).doesNotContain("s3cr").contains("[removed]");
    }
}
