// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the lists that were asked for have said of the tools. Thread-safe. */
final class ToolBook {
    private static final Logger LOG = LoggerFactory.getLogger(ToolBook.class);
    static final String PREFIX = "Mcp-Param-";

    /** No server has so many; one that makes up new names for ever must not fill the memory. */
    private static final int MOST = 10_000;

    private final Map<String, ListedTool> tools = new ConcurrentHashMap<>();

    void learn(ListedTool tool) {
        if (tools.size() < MOST || tools.containsKey(tool.tool().name())) {
            tools.put(tool.tool().name(), tool);
        }
    }

    /** Whether it must not be called, because there are no tasks here. */
    boolean taskOnly(String name) {
        ListedTool tool = tools.get(name);
        return tool != null && tool.taskOnly();
    }

    /** Leaves out, as a client must, a tool whose wishes for headers cannot be met. */
    boolean learnIfSound(ListedTool tool, Asked asked) {
        if (tool.headers().sound()) {
            learn(tool.withoutTasks());
            return true;
        }
        tools.remove(tool.tool().name());
        LOG.warn(
                "left out tool '{}': its x-mcp-header is invalid, {}",
                asked.safe(tool.tool().name()),
                tool.headers().flaw());
        return false;
    }

    boolean harmless(String name) {
        ListedTool tool = tools.get(name);
        return tool != null && tool.harmless();
    }

    /** What the tool's structured content is said to be like. */
    Optional<OutputSchema> promise(String name) {
        return Optional.ofNullable(tools.get(name)).flatMap(ListedTool::promise);
    }

    /** The headers a call of the tool needs. */
    Map<String, String> headers(String name, byte[] arguments) {
        ListedTool tool = tools.get(name);
        if (tool == null || tool.headers().paths().isEmpty()) {
            return Map.of();
        }
        try {
            return tool.headers().of(Json.read(Slice.of(arguments)), PREFIX);
        } catch (IOException e) {
            throw new IllegalStateException("the arguments have just been written as JSON", e);
        }
    }
}
