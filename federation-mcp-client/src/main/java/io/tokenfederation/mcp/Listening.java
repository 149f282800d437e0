// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
final class Listening {
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Conversation conversation;
    private final KeptPages kept;
    private final Set<String> resources;
    private final Consumer<? super Change> listener;
    private Duration wait = FIRST_WAIT;

    Listening(Conversation conversation, KeptPages kept, Set<String> resources, Consumer<? super Change> listener) {
        this.conversation = conversation;
        this.kept = kept;
        this.resources = Set.copyOf(resources);
        this.listener = listener;
    }

    /** Ends only by a failure: that nobody listens any longer, or that there is nothing to hear. */
    void run(Supplier<Call> calls, Call call) {
        while (true) {
            try {
                conversation.listen(request(), resources, calls.get(), call.hearing(this::take));
            } catch (McpException e) {
                if (!e.retryable() || McpErrorCode.MCP_INTERRUPTED.is(e)) {
                    throw e;
                }
            }
            pause(call);
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

    private void take(Message.Notification<?> notification) throws IOException {
        wait = FIRST_WAIT;
        switch (notification.method()) {
            case "notifications/tools/list_changed" -> changed(Change.Kind.TOOLS, Tools.LIST);
            case "notifications/prompts/list_changed" -> changed(Change.Kind.PROMPTS, "prompts/list");
            case "notifications/resources/list_changed" -> {
                kept.forget("resources/templates/list");
                changed(Change.Kind.RESOURCES, "resources/list");
            }
            case "notifications/resources/updated" ->
                listener.accept(new Change(
                        Change.Kind.RESOURCE,
                        Json.read(notification.params()).path("uri").asText()));
            default -> {
                // The acknowledgement, or news of a later version.
            }
        }
    }

    private void changed(Change.Kind kind, String list) {
        kept.forget(list);
        listener.accept(new Change(kind, ""));
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
