// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lists that were asked for have said of the tools. Thread-safe.
 *
 * <p>What a server has said is believed in the session in which it was said, and no longer than until there is reason to
 * {@linkplain #doubt doubt} it: that a tool may run twice, that it needs a task, what its data is like. Headers alone are
 * sent as they were last heard of, because a server that wants others says so.
 */
final class ToolBook {
    private static final Logger LOG = LoggerFactory.getLogger(ToolBook.class);
    static final String PREFIX = "Mcp-Param-";

    /** No server has so many; one that makes up new names for ever must not fill the memory. */
    private static final int MOST = 10_000;

    private final Map<String, Listed> tools = new ConcurrentHashMap<>();
    private final AtomicLong doubts = new AtomicLong();

    /**
     * Where and when a server has said something.
     *
     * @param session in which session
     * @param doubts after how many doubts
     */
    record Said(Session session, long doubts) {}

    private record Listed(ListedTool tool, Said said) {}

    void learn(ListedTool tool, Said said) {
        if (tools.size() < MOST || tools.containsKey(tool.tool().name())) {
            tools.put(tool.tool().name(), new Listed(tool, said));
        }
    }

    /** The tools may be others now. */
    void doubt() {
        doubts.incrementAndGet();
    }

    /** How often that was so; to be taken before the list is asked for. */
    long doubts() {
        return doubts.get();
    }

    /** Whether it must not be called, because there are no tasks here; as far as is known in such sessions. */
    boolean taskOnly(String name, Predicate<? super Session> here) {
        ListedTool tool = believed(name, here);
        return tool != null && tool.taskOnly();
    }

    /** Leaves out, as a client must, a tool whose wishes for headers cannot be met. */
    boolean learnIfSound(ListedTool tool, Asked asked, Said said) {
        if (tool.headers().sound()) {
            learn(tool.withoutTasks(), said);
            return true;
        }
        tools.remove(tool.tool().name());
        LOG.warn(
                "left out tool '{}': its x-mcp-header is invalid, {}",
                asked.safe(tool.tool().name()),
                tool.headers().flaw());
        return false;
    }

    /** Whether it may run twice, as far as is known in this session. */
    boolean harmless(String name, Session session) {
        ListedTool tool = believed(name, said -> said == session);
        return tool != null && tool.harmless();
    }

    /** What the tool's structured content is said to be like in such sessions, unless that has turned out to be wrong. */
    Optional<OutputSchema> promise(String name, Predicate<? super Session> here) {
        return Optional.ofNullable(believed(name, here))
                .flatMap(ListedTool::promise)
                .filter(schema -> !schema.broken());
    }

    /** The headers a call of the tool needs. */
    Map<String, String> headers(String name, byte[] arguments) {
        Listed listed = tools.get(name);
        if (listed == null || listed.tool().headers().paths().isEmpty()) {
            return Map.of();
        }
        try {
            return listed.tool().headers().of(Json.read(Slice.of(arguments)), PREFIX);
        } catch (IOException e) {
            throw new IllegalStateException("the arguments have just been written as JSON", e);
        }
    }

    private @Nullable ListedTool believed(String name, Predicate<? super Session> here) {
        Listed listed = tools.get(name);
        if (listed == null || listed.said().doubts() != doubts.get()) {
            return null;
        }
        return here.test(listed.said().session()) ? listed.tool() : null;
    }
}
