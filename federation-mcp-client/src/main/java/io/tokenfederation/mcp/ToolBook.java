// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lists that were asked for have said of the tools. Thread-safe.
 *
 * <p>That a tool may run twice is believed in the session in which the server has said so, and no longer than until there is
 * reason to {@linkplain #doubt doubt} it. All else serves the wire alone, where a server that wants something else says so.
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

    /** Whether it must not be called, because there are no tasks here. */
    boolean taskOnly(String name) {
        ListedTool tool = tool(name);
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
        Listed listed = tools.get(name);
        return listed != null
                && listed.tool().harmless()
                && listed.said().session() == session
                && listed.said().doubts() == doubts.get();
    }

    /** What the tool's structured content is said to be like. */
    Optional<OutputSchema> promise(String name) {
        return Optional.ofNullable(tool(name)).flatMap(ListedTool::promise);
    }

    /** The headers a call of the tool needs. */
    Map<String, String> headers(String name, byte[] arguments) {
        ListedTool tool = tool(name);
        if (tool == null || tool.headers().paths().isEmpty()) {
            return Map.of();
        }
        try {
            return tool.headers().of(Json.read(Slice.of(arguments)), PREFIX);
        } catch (IOException e) {
            throw new IllegalStateException("the arguments have just been written as JSON", e);
        }
    }

    private @Nullable ListedTool tool(String name) {
        Listed listed = tools.get(name);
        return listed == null ? null : listed.tool();
    }
}
