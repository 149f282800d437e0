// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Publisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a body is read, and when its reader may begin. */
class ReplyBodyTest {
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(1));

    private final ReplyBody body = ReplySource.stream();
    private final ReplySource source = new ReplySource();

    @Test
    void onePieceAtATimeIsAskedFor() throws Exception {
        body.onSubscribe(source);
        body.onNext(ReplySource.piece("a"));

        assertThat(source.requested).isEqualTo(1);
        body.next(FAR);
        assertThat(source.requested).isEqualTo(2);
    }

    @Test
    void wholeBodyIsPutTogether() throws Exception {
        body.onSubscribe(source);
        body.onNext(ReplySource.piece("a", "b"));
        body.onNext(ReplySource.piece("c"));
        body.onComplete();

        assertThat(body.readWhole(FAR).text()).isEqualTo("abc");
    }

    @Test
    void bodyAboveTheLimitIsNotPutTogether() {
        body.onSubscribe(source);
        body.onNext(ReplySource.piece("abcd"));

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
    void streamIsReadyWhenItBeginsAndADocumentWhenItEnds() {
        BodySubscriber<?> stream = new ReplyBody(9).begin(new ReplyStart(200, "text/event-stream"));
        BodySubscriber<?> document = new ReplyBody(9).begin(new ReplyStart(200, "application/json; charset=utf-8"));

        stream.onSubscribe(source);
        document.onSubscribe(source);
        document.onNext(ReplySource.piece("a"));

        assertThat(stream.getBody().toCompletableFuture()).isDone();
        assertThat(document.getBody().toCompletableFuture()).isNotDone();
        document.onComplete();
        assertThat(document.getBody().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void documentThatIsReadyHasArrived() throws Exception {
        ReplyBody body = new ReplyBody(9);
        BodySubscriber<Publisher<List<ByteBuffer>>> document = body.begin(new ReplyStart(200, "application/json"));
        document.onSubscribe(source);
        document.onNext(ReplySource.piece("a"));
        document.onComplete();

        document.getBody().toCompletableFuture().join().subscribe(body);

        assertThat(body.readWhole(FAR).text()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 16_385, Integer.MAX_VALUE, Long.MAX_VALUE, -1})
    void longDocumentIsGatheredWhateverLengthWasAnnounced(long announced) throws Exception {
        ReplyBody body = new ReplyBody(9);
        BodySubscriber<?> document = body.begin(new ReplyStart(200, "application/json").announcing(announced));
        document.onSubscribe(source);
        document.onNext(ReplySource.piece("a", "bc"));
        document.onNext(ReplySource.piece("def"));
        document.onComplete();

        assertThat(body.readWhole(FAR).text()).isEqualTo("abcdef");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 16_384})
    void shortDocumentIsReadAsItComes(long announced) throws Exception {
        ReplyBody body = new ReplyBody(9, true);
        BodySubscriber<Publisher<List<ByteBuffer>>> document =
                body.begin(new ReplyStart(200, "application/json").announcing(announced));
        document.onSubscribe(source);

        document.getBody().toCompletableFuture().getNow(null).subscribe(body);
        document.onNext(ReplySource.piece("a", "b"));
        document.onNext(ReplySource.piece("c"));
        document.onComplete();

        assertThat(body.readWhole(FAR).text()).isEqualTo("abc");
    }

    @Test
    void shortDocumentThatBreaksOffIsAFailure() {
        ReplyBody body = new ReplyBody(9, true);
        BodySubscriber<Publisher<List<ByteBuffer>>> document =
                body.begin(new ReplyStart(200, "application/json").announcing(9));
        document.onSubscribe(source);
        document.getBody().toCompletableFuture().getNow(null).subscribe(body);
        document.onNext(ReplySource.piece("a"));
        document.onError(new IOException("reset"));

        assertThatThrownBy(() -> body.readWhole(FAR)).hasRootCauseMessage("reset");
    }

    @Test
    void shortDocumentIsGatheredWhereThatCostsNoChangeOfThreads() {
        BodySubscriber<?> body = new ReplyBody(9, false).begin(new ReplyStart(200, "application/json").announcing(3));

        body.onSubscribe(source);

        assertThat(body.getBody().toCompletableFuture()).isNotDone();
    }

    @ParameterizedTest
    @CsvSource({"application/json-seq", "application/jsonl", "application/problem+json"})
    void whatIsNotQuiteJsonIsNotGathered(String type) {
        BodySubscriber<?> body = new ReplyBody(9).begin(new ReplyStart(200, type));

        body.onSubscribe(source);

        assertThat(body.getBody().toCompletableFuture()).isDone();
    }

    @Test
    void shortDocumentAboveTheLimitIsNotPutTogetherEither() {
        ReplyBody body = new ReplyBody(3, true);
        BodySubscriber<Publisher<List<ByteBuffer>>> document =
                body.begin(new ReplyStart(200, "application/json").announcing(4));
        document.onSubscribe(source);
        document.getBody().toCompletableFuture().getNow(null).subscribe(body);
        document.onNext(ReplySource.piece("abcd"));

        assertThatThrownBy(() -> body.readWhole(FAR)).isInstanceOf(BadReplyException.class);
    }

    @Test
    void documentAboveTheLimitIsReadNoFurther() {
        BodySubscriber<?> document = new ReplyBody(3).begin(new ReplyStart(200, "application/json"));
        document.onSubscribe(source);
        document.onNext(ReplySource.piece("abc"));
        document.onNext(ReplySource.piece("d"));

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
        BodySubscriber<?> body = new ReplyBody(3).begin(new ReplyStart(status, type));

        body.onSubscribe(source);

        assertThat(body.getBody().toCompletableFuture()).isDone();
    }

    @ParameterizedTest
    @CsvSource({"202, application/json", "204, application/json", "202, text/event-stream"})
    void statusThatPromisesNothingIsReadyAtOnce(int status, String type) {
        BodySubscriber<?> body = new ReplyBody(3).begin(new ReplyStart(status, type));

        body.onSubscribe(source);

        assertThat(body.getBody().toCompletableFuture()).isDone();
    }

    @Test
    void brokenDocumentEndsTheWaitToo() {
        BodySubscriber<?> document = new ReplyBody(3).begin(new ReplyStart(200, "application/json"));
        document.onSubscribe(source);
        document.onError(new IOException("reset"));

        assertThat(document.getBody().toCompletableFuture()).isCompletedExceptionally();
    }
}
