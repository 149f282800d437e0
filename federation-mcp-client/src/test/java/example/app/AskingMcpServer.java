// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.mcp.Elicitation;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A server of the legacy era whose tool asks on the stream of a GET, and answers with what it was answered. */
final class AskingMcpServer implements AutoCloseable {
    private static final String QUESTION = "data: {\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"method\":\"elicitation/create\","
            + "\"params\":{\"message\":\"Who?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{"
            + "\"name\":{\"type\":\"string\",\"default\":\"ann\"}}}}}\n\n";

    /** What a test may script otherwise. */
    final ScriptedMcpServer scripted = new ScriptedMcpServer();

    /** Opened by the client, and not yet used. */
    final LinkedBlockingQueue<ScriptedMcpServer.Wire> streams = new LinkedBlockingQueue<>();

    private final LinkedBlockingQueue<ScriptedMcpServer.Call> answers = new LinkedBlockingQueue<>();

    AskingMcpServer() throws IOException {
        scripted.on("GET", (call, wire) -> {
            wire.beginStream();
            streams.add(wire);
        });
        for (String kind : new String[] {"result", "error"}) {
            scripted.on(kind, (call, wire) -> {
                wire.empty(202);
                answers.add(call);
            });
        }
        scripted.on("tools/call", (call, wire) -> {
            take(streams).chunk(QUESTION);
            wire.json(
                    200,
                    call.result("{\"content\":[],\"structuredContent\":"
                            + take(answers).body() + "}"));
        });
    }

    McpClient client(Function<Elicitation, ElicitationAnswer> handler) {
        return McpClient.builder(scripted.uri())
                .tokens(new Tokens("t1"))
                .elicitation(handler)
                .build();
    }

    /** What the client answered, by way of the tool. */
    static String answerTo(McpClient mcp) {
        return mcp.callTool("ask", Map.of()).structuredJson().orElseThrow();
    }

    static <T> T take(LinkedBlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        scripted.close();
    }
}
