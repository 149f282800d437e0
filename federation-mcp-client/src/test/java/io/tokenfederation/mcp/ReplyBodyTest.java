// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyBodyTest {
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(1));

    private final ReplyBody body = stream();
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
    void settlingReadsARestThatIsThereAndKeepsTheConnection() {
        body.onSubscribe(source);
        body.onNext(piece(": bye"));
        body.onComplete();

        body.settle();

        assertThat(source.cancelled).isFalse();
    }

    @Test
    void settlingWaitsForNoEndAndCutsNothingOffThatComesSoon() {
        body.onSubscribe(source);

        body.settle();
        body.close();
        body.onNext(piece("\n"));
        body.onComplete();

        assertThat(source.requested).isEqualTo(Long.MAX_VALUE);
        assertThat(source.cancelled).isFalse();
    }

    @Test
    void streamThatStaysOpenAfterItsAnswerIsCutOff() throws InterruptedException {
        body.onSubscribe(source);

        body.settle();

        assertThat(source.cut.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void streamThatGoesOnForLongAfterItsAnswerIsCutOff() {
        body.onSubscribe(source);

        body.settle();
        body.onNext(piece(" ".repeat(65 * 1_024)));

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void streamIsReadyWhenItBeginsAndADocumentWhenItEnds() {
        BodySubscriber<?> stream = new ReplyBody(9).begin(new Info(200, "text/event-stream"));
        BodySubscriber<?> document = new ReplyBody(9).begin(new Info(200, "application/json; charset=utf-8"));

        stream.onSubscribe(source);
        document.onSubscribe(source);
        document.onNext(piece("a"));

        assertThat(stream.getBody().toCompletableFuture()).isDone();
        assertThat(document.getBody().toCompletableFuture()).isNotDone();
        document.onComplete();
        assertThat(document.getBody().toCompletableFuture()).isDone();
    }

    @Test
    void documentThatIsReadyHasArrived() throws Exception {
        ReplyBody body = new ReplyBody(9);
        BodySubscriber<Publisher<List<ByteBuffer>>> document = body.begin(new Info(200, "application/json"));
        document.onSubscribe(source);
        document.onNext(piece("a"));
        document.onComplete();

        document.getBody().toCompletableFuture().join().subscribe(body);

        ByteBuilder all = new ByteBuilder(1, 9);
        body.readInto(all, FAR);
        assertThat(all.take().text()).isEqualTo("a");
    }

    @Test
    void documentAboveTheLimitIsReadNoFurther() {
        BodySubscriber<?> document = new ReplyBody(3).begin(new Info(200, "application/json"));
        document.onSubscribe(source);
        document.onNext(piece("abc"));
        document.onNext(piece("d"));

        assertThat(document.getBody().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(BadReplyException.class);
        assertThat(source.cancelled).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"503, application/json", "200, text/html", "302, text/event-stream"})
    void whatIsNoAnswerIsReadyAtOnce(int status, String type) {
        BodySubscriber<?> body = new ReplyBody(3).begin(new Info(status, type));

        body.onSubscribe(source);

        assertThat(body.getBody().toCompletableFuture()).isDone();
    }

    @ParameterizedTest
    @CsvSource({"202, application/json", "204, application/json", "202, text/event-stream"})
    void statusThatPromisesNothingIsReadyAtOnce(int status, String type) {
        BodySubscriber<?> body = new ReplyBody(3).begin(new Info(status, type));

        body.onSubscribe(source);

        assertThat(body.getBody().toCompletableFuture()).isDone();
    }

    @Test
    void bodyThatNobodyWaitsForIsReadyAtOnceAndLetGoOf() {
        ReplyBody told = new ReplyBody(3);
        BodySubscriber<Publisher<List<ByteBuffer>>> body = told.statusOnly(new Info(200, "text/event-stream"));
        body.onSubscribe(source);
        body.getBody().toCompletableFuture().join().subscribe(told);
        told.settle();
        told.close();

        body.onComplete();

        assertThat(source.cancelled).isFalse();
        assertThat(source.requested).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void streamThatBeganBeforeItsCallEndedIsCutOff() {
        ReplyBody abandoned = new ReplyBody(3);
        BodySubscriber<?> stream = abandoned.begin(new Info(200, "text/event-stream"));
        stream.onSubscribe(source);

        abandoned.abandon();

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void streamThatBeginsAfterItsCallEndedIsCutOff() {
        ReplyBody abandoned = new ReplyBody(3);
        abandoned.abandon();

        BodySubscriber<?> stream = abandoned.begin(new Info(200, "text/event-stream"));
        stream.onSubscribe(source);

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void brokenDocumentEndsTheWaitToo() {
        BodySubscriber<?> document = new ReplyBody(3).begin(new Info(200, "application/json"));
        document.onSubscribe(source);
        document.onError(new IOException("reset"));

        assertThat(document.getBody().toCompletableFuture()).isCompletedExceptionally();
    }

    private static ReplyBody stream() {
        ReplyBody stream = new ReplyBody(3);
        stream.begin(new Info(200, "text/event-stream"));
        return stream;
    }

    private record Info(int statusCode, String type) implements HttpResponse.ResponseInfo {
        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Content-Type", List.of(type)), (name, value) -> true);
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private static List<ByteBuffer> piece(String... texts) {
        return List.of(texts).stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static final class Source implements Flow.Subscription {
        private long requested;
        private volatile boolean cancelled;
        private final CountDownLatch cut = new CountDownLatch(1);

        @Override
        public void request(long n) {
            requested = requested + n < 0 || n == Long.MAX_VALUE ? Long.MAX_VALUE : requested + n;
        }

        @Override
        public void cancel() {
            cancelled = true;
            cut.countDown();
        }
    }
}
