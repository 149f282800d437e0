// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class ReplyBodyTest {
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(1));

    private final ReplyBody body = new ReplyBody();
    private final Source source = new Source();

    @Test
    void onePieceAtATimeIsAskedFor() throws Exception {
        body.onSubscribe(source);
        body.onNext(piece("a"));

        assertThat(source.requested).isEqualTo(1);
        body.next(FAR);
        assertThat(source.requested).isEqualTo(2);
    }

    @Test
    void wholeBodyIsPutTogether() throws Exception {
        body.onSubscribe(source);
        body.onNext(piece("a", "b"));
        body.onNext(piece("c"));
        body.onComplete();

        ByteBuilder all = new ByteBuilder(1, 3);
        body.readInto(all, FAR);

        assertThat(all.take().text()).isEqualTo("abc");
    }

    @Test
    void bodyAboveTheLimitIsNotPutTogether() {
        body.onSubscribe(source);
        body.onNext(piece("abcd"));

        assertThatThrownBy(() -> body.readInto(new ByteBuilder(1, 3), FAR)).isInstanceOf(BadReplyException.class);
    }

    @Test
    void endStaysTheEnd() throws Exception {
        body.onSubscribe(source);
        body.onComplete();

        assertThat(body.next(FAR)).isNull();
        assertThat(body.next(FAR)).isNull();
    }

    @Test
    void brokenConnectionIsAFailureWithItsCause() {
        IOException broken = new IOException("reset");
        body.onSubscribe(source);
        body.onError(broken);

        assertThatThrownBy(() -> body.next(FAR)).isInstanceOf(IOException.class).hasCause(broken);
    }

    @Test
    void silenceEndsAtTheDeadline() {
        body.onSubscribe(source);

        assertThatThrownBy(() -> body.next(Deadline.in(Duration.ofMillis(1)))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void closingAStreamThatGoesOnCancelsIt() {
        body.onSubscribe(source);

        body.close();

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void closingBeforeTheBodyBeginsCancelsItWhenItDoes() {
        body.close();

        body.onSubscribe(source);

        assertThat(source.cancelled).isTrue();
        assertThat(source.requested).isZero();
    }

    @Test
    void closingWhatHasEndedLeavesTheConnectionAlone() {
        body.onSubscribe(source);
        body.onComplete();

        body.close();

        assertThat(source.cancelled).isFalse();
    }

    @Test
    void settlingReadsARestThatIsThereAndKeepsTheConnection() throws Exception {
        body.onSubscribe(source);
        body.onNext(piece(": bye"));
        body.onComplete();

        body.settle();

        assertThat(source.cancelled).isFalse();
    }

    @Test
    void settlingDoesNotWaitForAStreamThatStaysOpen() throws Exception {
        body.onSubscribe(source);

        body.settle();

        assertThat(source.cancelled).isTrue();
    }

    private static List<ByteBuffer> piece(String... texts) {
        return List.of(texts).stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static final class Source implements Flow.Subscription {
        private long requested;
        private boolean cancelled;

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
