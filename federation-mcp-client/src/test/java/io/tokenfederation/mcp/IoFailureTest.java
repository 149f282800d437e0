// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a request that failed may have been read: users repeat what was not sent. */
class IoFailureTest {
    private final Asked asked = new Asked(
            () -> "tools/call 'pay'",
            Place.own(URI.create("https://app.example/mcp")),
            new Sent(DatabricksToken.of("t1", Instant.EPOCH), CallHeaders.NONE, LegacySession.NONE),
            Advice.ABOUT_DATABRICKS);

    static Stream<IOException> noConnection() {
        return Stream.of(
                new ConnectException("refused"),
                new HttpConnectTimeoutException("late"),
                new SSLHandshakeException("no certificate path"),
                new IOException("wrapped", new SSLHandshakeException("no certificate path")));
    }

    @ParameterizedTest
    @MethodSource("noConnection")
    void whatNeverCameAboutCarriedNothing(IOException failure) {
        assertThat(IoFailure.beforeTheReply(asked, failure).code()).isEqualTo("MCP_UNREACHABLE");
    }

    @ParameterizedTest
    @MethodSource("noConnection")
    void nothingSaysOfABodyThatItsRequestWasNotSent(IOException failure) {
        IOException broken = new IOException("the connection broke", failure);

        assertThat(IoFailure.of(asked, broken).code()).isEqualTo("MCP_ANSWER_LOST");
    }

    @Test
    void failureWithoutWordsIsToldByItsKind() {
        IOException unresolved = new ConnectException();
        unresolved.initCause(new UnresolvedAddressException());

        assertThat(IoFailure.beforeTheReply(asked, unresolved))
                .hasMessageContaining("no connection came about (ConnectException, UnresolvedAddressException)");
        assertThat(IoFailure.of(asked, new EOFException()))
                .hasMessageContaining("the connection ended before the answer (EOFException)");
    }

    @Test
    void failureInWordsOfItsOwnIsNotNamed() {
        assertThat(IoFailure.beforeTheReply(asked, new ConnectException("refused")))
                .hasMessageNotContaining("(ConnectException");
    }

    @Test
    void tlsThatBrokeLaterIsALostAnswer() {
        assertThat(Stream.of(new SSLException("bad record"), new SSLProtocolException("unexpected message")))
                .allSatisfy(failure -> assertThat(
                                IoFailure.beforeTheReply(asked, failure).code())
                        .isEqualTo("MCP_ANSWER_LOST"));
    }
}
