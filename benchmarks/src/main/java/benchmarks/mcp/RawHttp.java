// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least that can be written by hand: one POST with the JDK's client, the answer as a tree. No deadline, no session, no
 * protocol version, no limit, and nothing checked but that the answer is there.
 */
final class RawHttp implements ToolCalls {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong ids = new AtomicLong();
    private final URI uri;

    RawHttp(int port) {
        uri = URI.create("http://127.0.0.1:" + port + "/modern");
    }

    @Override
    public int call(Answer tool) {
        JsonNode result = post(tool).required("result");
        return tool == Answer.ROWS
                ? result.required("structuredContent").required("rows").size()
                : result.required("content")
                        .required(0)
                        .required("text")
                        .textValue()
                        .length();
    }

    private JsonNode post(Answer tool) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + ids.incrementAndGet()
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool.tool()
                + "\",\"arguments\":{\"region\":\"west\"}}}";
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + Federated.TOKEN)
                .header("X-Databricks-Token", Federated.TOKEN)
                .header("X-Caller-Role", Federated.ROLE)
                .header("X-Caller-Email", Federated.EMAIL)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return read(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a call", e);
        }
    }

    /** An event of this server has its data on the second line. */
    private static JsonNode read(HttpResponse<byte[]> reply) throws IOException {
        byte[] body = reply.body();
        String type = reply.headers().firstValue("Content-Type").orElse("");
        int from = type.startsWith("text/event-stream") ? secondLine(body) + "data: ".length() : 0;
        return JSON.readTree(body, from, body.length - from);
    }

    private static int secondLine(byte[] body) {
        int at = 0;
        while (body[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    @Override
    public void close() {
        // There is nothing to close before Java 21.
    }
}
