// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of the connection when nobody reads a body any further. */
class ReplyBodyEndTest {
    private final ReplyBody body = ReplySource.stream();
    private final ReplySource source = new ReplySource();

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
        body.onNext(ReplySource.piece(": bye"));
        body.onComplete();

        body.settle();

        assertThat(source.cancelled).isFalse();
    }

    @Test
    void settlingWaitsForNoEndAndCutsNothingOffThatComesSoon() {
        body.onSubscribe(source);

        body.settle();
        body.close();
        body.onNext(ReplySource.piece("\n"));
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
        body.onNext(ReplySource.piece(" ".repeat(65 * 1_024)));

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void bodyThatNobodyWaitsForIsReadyAtOnceAndLetGoOf() {
        ReplyBody told = new ReplyBody(3);
        BodySubscriber<Publisher<List<ByteBuffer>>> body = told.statusOnly(new ReplyStart(200, "text/event-stream"));
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
        BodySubscriber<?> stream = abandoned.begin(new ReplyStart(200, "text/event-stream"));
        stream.onSubscribe(source);

        abandoned.abandon();

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void streamThatBeginsAfterItsCallEndedIsCutOff() {
        ReplyBody abandoned = new ReplyBody(3);
        abandoned.abandon();

        BodySubscriber<?> stream = abandoned.begin(new ReplyStart(200, "text/event-stream"));
        stream.onSubscribe(source);

        assertThat(source.cancelled).isTrue();
    }
}
