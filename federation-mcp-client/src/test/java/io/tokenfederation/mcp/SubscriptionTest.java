// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever listens hears that the stream is open with the acknowledgment, where the server owes one. */
class SubscriptionTest {
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(1));

    private final List<String> heard = new ArrayList<>();
    private final Call call = Call.of(CallHeaders.NONE, CallOptions.defaults(), FAR);
    private final Subscription subscription = new Subscription(call.hearing(new Call.Ear() {
        @Override
        public void hear(Message.Notification<?> notification) {
            heard.add(notification.method());
        }

        @Override
        public void answered() {
            heard.add("open");
        }
    }));

    @Test
    void streamThatHasBegunIsNotOpenBeforeItIsAcknowledged() throws Exception {
        Call.Ear ear = subscription.acknowledgedWithin(call).ear();

        ear.answered();

        assertThat(heard).isEmpty();
        ear.hear(notice("notifications/subscriptions/acknowledged"));
        assertThat(heard).containsExactly("open");
        assertThat(subscription.unacknowledged()).isFalse();
    }

    @Test
    void whatFollowsTheAcknowledgmentIsHeard() throws Exception {
        Call.Ear ear = subscription.acknowledgedWithin(call).ear();

        ear.hear(notice("notifications/subscriptions/acknowledged"));
        ear.hear(notice("notifications/tools/list_changed"));

        assertThat(heard).containsExactly("open", "notifications/tools/list_changed");
    }

    @Test
    void newsBeforeTheAcknowledgmentAreNoneThisClientHandsOn() {
        Call.Ear ear = subscription.acknowledgedWithin(call).ear();

        assertThatThrownBy(() -> ear.hear(notice("notifications/tools/list_changed")))
                .isInstanceOf(BadReplyException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void streamThatOwesNoAcknowledgmentIsOpenWhenItBegins() {
        subscription.call().ear().answered();

        assertThat(heard).containsExactly("open");
    }

    private static Message.Notification<?> notice(String method) {
        return new Message.Notification<>(method, Slice.of("{}"));
    }
}
