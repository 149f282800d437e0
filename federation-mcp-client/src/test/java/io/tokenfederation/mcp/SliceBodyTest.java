// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class SliceBodyTest {
    private final SliceBody body = new SliceBody(new Slice(Slice.of("xx{}yy").bytes(), 2, 4));
    private final Reader reader = new Reader();

    @Test
    void nothingIsGivenUnasked() {
        body.subscribe(reader);

        assertThat(reader.heard).isEmpty();
        assertThat(body.contentLength()).isEqualTo(2);
    }

    @Test
    void whoAsksGetsItInOnePieceAndOnce() {
        body.subscribe(reader);

        reader.subscription().request(1);
        reader.subscription().request(5);

        assertThat(reader.heard).containsExactly("{}", "end");
    }

    @Test
    void requestThatIsSentAgainHasItAgain() {
        body.subscribe(reader);
        reader.subscription().request(1);

        body.subscribe(reader);
        reader.subscription().request(1);

        assertThat(reader.heard).containsExactly("{}", "end", "{}", "end");
    }

    @Test
    void whoHasCancelledGetsNothing() {
        body.subscribe(reader);

        reader.subscription().cancel();
        reader.subscription().request(1);

        assertThat(reader.heard).isEmpty();
    }

    @Test
    void askingForNothingIsAFailure() {
        body.subscribe(reader);

        reader.subscription().request(0);

        assertThat(reader.heard).containsExactly("failure");
    }

    private static final class Reader implements Flow.Subscriber<ByteBuffer> {
        private final List<String> heard = new ArrayList<>();
        private final List<Flow.Subscription> subscriptions = new ArrayList<>();

        Flow.Subscription subscription() {
            return subscriptions.get(subscriptions.size() - 1);
        }

        @Override
        public void onSubscribe(Flow.Subscription opened) {
            subscriptions.add(opened);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            heard.add(UTF_8.decode(piece).toString());
        }

        @Override
        public void onError(Throwable failure) {
            heard.add("failure");
        }

        @Override
        public void onComplete() {
            heard.add("end");
        }
    }
}
