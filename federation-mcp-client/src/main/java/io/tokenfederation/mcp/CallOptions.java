// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.Timeouts;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs from call to call: how long it may take, who hears of its progress, whether it may run twice.
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
    private static final CallOptions DEFAULTS = new CallOptions(null, null, null, null, false);

    private final @Nullable Duration timeout;
    private final @Nullable Consumer<Progress> progress;
    private final @Nullable LogLevel logLevel;
    private final @Nullable Consumer<LogMessage> log;
    private final boolean idempotent;

    private CallOptions(
            @Nullable Duration timeout,
            @Nullable Consumer<Progress> progress,
            @Nullable LogLevel logLevel,
            @Nullable Consumer<LogMessage> log,
            boolean idempotent) {
        this.timeout = timeout;
        this.progress = progress;
        this.logLevel = logLevel;
        this.log = log;
        this.idempotent = idempotent;
    }

    /** {@return the client's own timeout, nobody listening, no tool run twice} */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how long the call may take, in place of the client's {@code requestTimeout}.
     *
     * @param time the time, more than zero and at most a day
     * @return the changed copy
     */
    public CallOptions timeout(Duration time) {
        return new CallOptions(Timeouts.require(time, "timeout"), progress, logLevel, log, idempotent);
    }

    /**
     * Asks the server to tell how far it is, and hands on what it tells. A server need not.
     *
     * @param listener hears of it
     * @return the changed copy
     */
    public CallOptions onProgress(Consumer<Progress> listener) {
        return new CallOptions(timeout, requireNonNull(listener, "listener"), logLevel, log, idempotent);
    }

    /**
     * Asks the server to send along what it logs for this call, and hands it on. In versions up to 2025-11-25 the level is
     * the session's, which this does not change: the listener gets what the server sends.
     *
     * @param level the least it is to send
     * @param listener hears of it
     * @return the changed copy
     */
    public CallOptions onLog(LogLevel level, Consumer<LogMessage> listener) {
        return new CallOptions(
                timeout, progress, requireNonNull(level, "level"), requireNonNull(listener, "listener"), idempotent);
    }

    /**
     * Says that a tool which runs twice does no more harm than one that runs once, so that a call whose answer was lost is
     * sent again. Default: only where the server has said so of the tool, by {@code readOnlyHint} or
     * {@code idempotentHint}, and the client has seen it say so in a list.
     *
     * @return the changed copy
     */
    public CallOptions idempotent() {
        return new CallOptions(timeout, progress, logLevel, log, true);
    }

    Duration timeoutOr(Duration usual) {
        return timeout == null ? usual : timeout;
    }

    boolean wantsProgress() {
        return progress != null;
    }

    Optional<String> logLevel() {
        return Optional.ofNullable(logLevel).map(level -> level.name().toLowerCase(Locale.ROOT));
    }

    boolean isIdempotent() {
        return idempotent;
    }

    void progressed(Progress news) {
        if (progress != null) {
            progress.accept(news);
        }
    }

    void logged(LogMessage message) {
        if (log != null) {
            log.accept(message);
        }
    }

    /** {@return what is set} */
    @Override
    public String toString() {
        return "CallOptions[" + (timeout == null ? "" : timeout) + (progress == null ? "" : " progress")
                + (log == null ? "" : " log") + (idempotent ? " idempotent]" : "]");
    }
}
