// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What differs from call to call: how long it may take, who hears of its progress, whether it may run twice, and to which
 * trace it belongs.
 *
 * <pre>{@code
 * CallOptions patient = CallOptions.defaults().timeout(Duration.ofMinutes(10)).onProgress(p -> bar.set(p.fraction()));
 * Report report = mcp.with(patient).callTool("report", new Quarter(2026, 3), Report.class);
 * }</pre>
 *
 * <p>Immutable: each method returns a changed copy. The callbacks run on the thread that makes the call, between the pieces
 * of the server's answer; one that throws ends the call with what it threw.
 */
public final class CallOptions {
    /**
     * How long a call may take.
     *
     * @param usual from its beginning, or from the last news of its progress; null for the client's own
     * @param longest with all its progress; null if progress does not count
     */
    private record Time(@Nullable Duration usual, @Nullable Duration longest) {}

    /**
     * Who hears what the server tells meanwhile.
     *
     * @param progress hears how far it is; null if nobody
     * @param level the least to be logged; null if nothing
     * @param log hears what is logged; null if nobody
     */
    private record Ears(
            @Nullable Consumer<Progress> progress,
            @Nullable LogLevel level,
            @Nullable Consumer<LogMessage> log) {}

    private static final Set<String> PROTOCOLS_OWN = Set.of("progressToken", "traceparent", "tracestate");

    private static final CallOptions DEFAULTS =
            new CallOptions(new Time(null, null), new Ears(null, null, null), false, null, "");

    private final Time time;
    private final Ears ears;
    private final boolean idempotent;
    private final @Nullable TraceContext trace;

    /** The application's own: members of a JSON object, each behind a comma. */
    private final String own;

    private CallOptions(Time time, Ears ears, boolean idempotent, @Nullable TraceContext trace, String own) {
        this.time = time;
        this.ears = ears;
        this.idempotent = idempotent;
        this.trace = trace;
        this.own = own;
    }

    /** {@return the client's own timeout, nobody listening, no tool run twice} */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how long the call may take, in place of the client's {@code requestTimeout}.
     *
     * @param timeout the time, more than zero and at most a day
     * @return the changed copy
     */
    public CallOptions timeout(Duration timeout) {
        return with(new Time(Timeouts.require(timeout, "timeout"), time.longest));
    }

    /**
     * Begins the timeout anew each time the server tells how far it is, so that a call may take long while it goes on and
     * not while it hangs. Asks the server to tell; one that tells nothing gets the timeout alone. Default: progress does not
     * lengthen a call (2025-11-25 and 2026-07-28, "Timeouts": a client may do so, with a maximum).
     *
     * @param longest how long the call may take whatever is told, more than zero and at most a day; where it is less than
     *     the timeout, it is the timeout
     * @return the changed copy
     */
    public CallOptions extendOnProgress(Duration longest) {
        return with(new Time(time.usual, Timeouts.require(longest, "longest")));
    }

    /**
     * Asks the server to tell how far it is, and hands on what it tells. A server need not.
     *
     * @param listener hears of it on the thread that makes the call; what it throws ends the call
     * @return the changed copy
     */
    public CallOptions onProgress(Consumer<Progress> listener) {
        return with(new Ears(requireNonNull(listener, "listener"), ears.level, ears.log));
    }

    /**
     * Asks the server to send along what it logs for this call, and hands on what is as grave as this or graver, or of a
     * gravity this client does not know. In versions up to 2025-11-25 the level is the session's: a server that says it logs
     * is told by {@code logging/setLevel} when a call first wants to hear more than those before it.
     *
     * @param level the least it is to send
     * @param listener hears of it on the thread that makes the call; what it throws ends the call
     * @return the changed copy
     */
    public CallOptions onLog(LogLevel level, Consumer<LogMessage> listener) {
        return with(new Ears(ears.progress, requireNonNull(level, "level"), requireNonNull(listener, "listener")));
    }

    /**
     * Says that a tool, or what an extension defines, does no more harm when it runs twice than when it runs once, so that a
     * call whose answer was lost is sent again. Default: only where the server has said so of the tool, by {@code
     * readOnlyHint} or {@code idempotentHint}, in a list this client has seen in the same session, and has not told since
     * that its tools have changed.
     *
     * @return the changed copy
     */
    public CallOptions idempotent() {
        return new CallOptions(time, ears, true, trace, own);
    }

    /**
     * Tells the server where in a trace the call stands, in place of what {@link McpClientBuilder#traceContext} says.
     *
     * @param place the place
     * @return the changed copy
     */
    public CallOptions trace(TraceContext place) {
        return new CallOptions(time, ears, idempotent, requireNonNull(place, "place"), own);
    }

    /**
     * Sends this along in the {@code _meta} of each request, beside progress and trace: what a server lets its clients set
     * that is no argument of a tool. Databricks' managed servers take {@code warehouse_id} for SQL, and
     * {@code num_results}, {@code filters}, {@code query_type} and {@code columns} for vector search ("Meta parameters for
     * Databricks managed MCP servers", public preview). Default: nothing.
     *
     * <pre>{@code
     * mcp.with(CallOptions.defaults().meta(Map.of("warehouse_id", "a1b2c3d4e5f67890"))).callTool(name, arguments);
     * }</pre>
     *
     * @param values the values by name, in place of those set before: strings, numbers with every digit, booleans, lists,
     *     maps, and whatever Jackson can write; read now
     * @return the changed copy
     * @throws IllegalArgumentException if a name is the protocol's own ({@code io.modelcontextprotocol/…}, {@code
     *     progressToken}, {@code traceparent}, {@code tracestate}), or a value cannot be written as JSON
     */
    public CallOptions meta(Map<String, ?> values) {
        for (String name : values.keySet()) {
            if (name.startsWith("io.modelcontextprotocol/") || PROTOCOLS_OWN.contains(name)) {
                throw new IllegalArgumentException("the protocol itself sets '" + name + "' in _meta");
            }
        }
        String json = new String(Binding.arguments(values), StandardCharsets.UTF_8);
        String members = values.isEmpty() ? "" : "," + json.substring(1, json.length() - 1);
        return new CallOptions(time, ears, idempotent, trace, members);
    }

    /** For a handshake, which is everybody's: nobody of this call hears of it, and it carries nothing of its own. */
    CallOptions forHandshake() {
        return new CallOptions(DEFAULTS.time, DEFAULTS.ears, false, trace, "");
    }

    /** What tells its answers from those to the same request without it. */
    String ownMeta() {
        return own;
    }

    private CallOptions with(Time other) {
        return new CallOptions(other, ears, idempotent, trace, own);
    }

    private CallOptions with(Ears other) {
        return new CallOptions(time, other, idempotent, trace, own);
    }

    /** With the place the application is at now, if the call says of none. */
    CallOptions traced(Supplier<Optional<TraceContext>> now) {
        return trace != null ? this : now.get().map(this::trace).orElse(this);
    }

    /** From now on. */
    Deadline deadline(Duration usual) {
        Duration timeout = time.usual == null ? usual : time.usual;
        return time.longest == null ? Deadline.in(timeout) : Deadline.in(timeout, time.longest);
    }

    boolean isIdempotent() {
        return idempotent;
    }

    Optional<LogLevel> logLevel() {
        return Optional.ofNullable(ears.level);
    }

    /** What goes into the request's {@code _meta} in either era: members of a JSON object, each behind a comma. */
    String meta(long number) {
        boolean wantsProgress = ears.progress != null || time.longest != null;
        if (!wantsProgress && trace == null) {
            return own;
        }
        return (wantsProgress ? ",\"progressToken\":" + number : "") + (trace == null ? "" : trace.members()) + own;
    }

    void progressed(Progress news) {
        if (ears.progress != null) {
            ears.progress.accept(news);
        }
    }

    void logged(LogMessage message) {
        if (ears.log != null && ears.level != null && ears.level.covers(message.level())) {
            ears.log.accept(message);
        }
    }

    /** {@return what is set} */
    @Override
    public String toString() {
        return "CallOptions[" + (time.usual == null ? "" : time.usual)
                + (time.longest == null ? "" : " up to " + time.longest) + (ears.progress == null ? "" : " progress")
                + (ears.log == null ? "" : " log") + (trace == null ? "" : " trace") + (own.isEmpty() ? "" : " meta")
                + (idempotent ? " idempotent]" : "]");
    }
}
