// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.FederationException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Hears of changes for as long as its thread is let: by {@code subscriptions/listen} (2026-07-28), by the stream of a GET
 * before that. Connects again when the stream has ended, ever more slowly while that brings nothing.
 */
final class Listening implements Call.Ear {
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Conversation conversation;
    private final Set<String> resources;
    private final Consumer<? super Change> listener;
    private Duration wait = FIRST_WAIT;
    private boolean missed;
    private boolean heard;

    Listening(Conversation conversation, Set<String> resources, Consumer<? super Change> listener) {
        this.conversation = conversation;
        this.resources = Set.copyOf(resources);
        this.listener = listener;
    }

    /** Ends only by a failure: that nobody listens any longer, or that there is nothing to hear. */
    void run(Supplier<Call> calls, Call call) {
        conversation.watched().join(resources);
        try {
            listen(calls, call);
        } finally {
            conversation.watched().leave(resources, call.headers());
        }
    }

    private void listen(Supplier<Call> calls, Call call) {
        while (true) {
            long begun = System.nanoTime();
            Subscription subscription = new Subscription(call.hearing(this));
            try {
                conversation.listen(request(), resources, calls.get(), subscription);
                requireAcknowledged(subscription);
            } catch (FederationException e) {
                if (!e.retryable() || e.code().equals(McpErrorCode.MCP_INTERRUPTED.name())) {
                    throw e;
                }
                requireAcknowledgedInTime(subscription, e);
            }
            if (System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
                // It lasted: whatever ends streams from time to time, asking again soon is no burden.
                wait = FIRST_WAIT;
            }
            pause(call);
            missed = true;
        }
    }

    /** One that has ended by its own will, and for its own reasons, was at least one. */
    private static void requireAcknowledged(Subscription subscription) {
        if (subscription.unacknowledged()) {
            throw new McpException(McpErrorCode.MCP_REPLY_UNREADABLE.problem(
                    LegacySession.LISTEN + ": the server ended the subscription, which it had not acknowledged"));
        }
    }

    /** Who never has will not the next time; who has may only be slow. */
    private void requireAcknowledgedInTime(Subscription subscription, FederationException failure) {
        if (!heard && subscription.unacknowledged() && failure.code().equals(McpErrorCode.MCP_TIMED_OUT.name())) {
            throw new McpException(McpErrorCode.MCP_TIMED_OUT
                    .problem(LegacySession.LISTEN + ": the server has not acknowledged the subscription in time")
                    .fix("Check that the server, and a proxy in between, send the first event of a stream at once.")
                    .cause(failure));
        }
    }

    /**
     * The stream is open, and the server tells. Not told any earlier: who looks at everything anew before it is, would miss
     * what changes between.
     */
    @Override
    public void answered() {
        heard = true;
        if (missed) {
            missed = false;
            conversation.lists().missed();
            listener.accept(new Change(Change.Kind.MAYBE_MISSED, ""));
        }
    }

    private void pause(Call call) {
        try {
            call.deadline().pause(wait);
        } catch (HttpTimeoutException e) {
            throw new McpException(McpErrorCode.MCP_TIMED_OUT.problem("nobody has listened for changes for too long"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_INTERRUPTED
                    .problem("the thread was interrupted while it waited to listen again")
                    .cause(e));
        }
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    @Override
    public void hear(Message.Notification<?> notification) throws IOException {
        switch (notification.method()) {
            case "notifications/tools/list_changed" -> tell(new Change(Change.Kind.TOOLS, ""));
            case "notifications/prompts/list_changed" -> tell(new Change(Change.Kind.PROMPTS, ""));
            case "notifications/resources/list_changed" -> tell(new Change(Change.Kind.RESOURCES, ""));
            case "notifications/resources/updated" ->
                tell(new Change(
                        Change.Kind.RESOURCE,
                        Json.read(notification.params()).path("uri").asText()));
            default -> {
                // News of a later version.
            }
        }
    }

    private void tell(Change change) {
        // A stream that brings news is worth opening again at once; one that is only opened is not.
        wait = FIRST_WAIT;
        listener.accept(change);
    }

    private Request<Boolean> request() {
        ObjectNode filter = Json.object()
                .put("toolsListChanged", true)
                .put("promptsListChanged", true)
                .put("resourcesListChanged", true);
        if (!resources.isEmpty()) {
            resources.forEach(filter.putArray("resourceSubscriptions")::add);
        }
        return Request.of(LegacySession.LISTEN, ResultReader::ofNothing).with("notifications", Json.write(filter));
    }
}
