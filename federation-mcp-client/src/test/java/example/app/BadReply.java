// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Script;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A reply that brings no answer to its request, and the code of the failure it is. */
record BadReply(String what, String code, Script script) {
    /** More than a client of these tests reads. */
    static final int TOO_MANY_BYTES = 10_000;

    private static final String UNREADABLE = "MCP_REPLY_UNREADABLE";
    private static final String LOST = "MCP_ANSWER_LOST";
    private static final String TOO_LARGE = "MCP_REPLY_TOO_LARGE";
    private static final String HTML = "<html><body>Sign in " + Failures.TOKEN + "</body></html>";
    private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    /** Each, from a server with sessions and from one without. */
    static Stream<Arguments> inBothEras() {
        return Stream.of(noJson(), noAnswerToTheRequest(), overWithoutAnswer(), tooLarge(), cutOff())
                .flatMap(replies -> replies)
                .flatMap(reply -> Stream.of(Era.values()).map(era -> arguments(era, reply)));
    }

    @Override
    public String toString() {
        return what;
    }

    private static Stream<BadReply> noJson() {
        return Stream.of(
                new BadReply("empty body", UNREADABLE, (call, wire) -> wire.json(200, "")),
                new BadReply("202 to a request", UNREADABLE, (call, wire) -> wire.empty(202)),
                new BadReply("204 to a request", UNREADABLE, (call, wire) -> wire.raw("HTTP/1.1 204 No\r\n\r\n")),
                new BadReply("web page", UNREADABLE, (call, wire) -> wire.reply(200, "text/html", HTML)),
                new BadReply("web page as JSON", UNREADABLE, (call, wire) -> wire.json(200, HTML)),
                new BadReply("cut-off JSON", UNREADABLE, (call, wire) -> {
                    String whole = call.text(Failures.TOKEN);
                    wire.json(200, whole.substring(0, whole.length() - 4));
                }),
                new BadReply("JSON and more", UNREADABLE, (call, wire) -> wire.json(200, call.text("a") + "x")));
    }

    private static Stream<BadReply> noAnswerToTheRequest() {
        return Stream.of(
                new BadReply("no message", UNREADABLE, (call, wire) -> wire.json(200, "{\"ok\":true}")),
                new BadReply("no object", UNREADABLE, (call, wire) -> wire.json(200, "null")),
                new BadReply(
                        "wrong id",
                        UNREADABLE,
                        (call, wire) -> wire.json(200, "{\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{}}")),
                new BadReply(
                        "id as text",
                        UNREADABLE,
                        (call, wire) -> wire.json(
                                200,
                                "{\"jsonrpc\":\"2.0\",\"id\":\""
                                        + call.message().path("id") + "\",\"result\":{}}")),
                new BadReply(
                        "no id", UNREADABLE, (call, wire) -> wire.json(200, "{\"jsonrpc\":\"2.0\",\"result\":{}}")),
                new BadReply("wrong id in a stream that stays open", UNREADABLE, (call, wire) -> {
                    wire.beginStream();
                    wire.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{}}\n\n");
                }),
                new BadReply("batch", UNREADABLE, (call, wire) -> wire.json(200, "[" + call.text("a") + "]")),
                new BadReply("result that is no object", UNREADABLE, (call, wire) -> wire.json(200, call.result("7"))),
                new BadReply("event that is no JSON", UNREADABLE, (call, wire) -> wire.stream("data: oops\n\n")));
    }

    private static Stream<BadReply> overWithoutAnswer() {
        return Stream.of(
                new BadReply("stream that ends first", LOST, (call, wire) -> wire.stream(": nothing\n\n")),
                new BadReply(
                        "stream that primes and ends",
                        LOST,
                        (call, wire) -> wire.stream("id: 1\nretry: 500\ndata:\n\n")),
                new BadReply(
                        "notification as JSON",
                        LOST,
                        (call, wire) -> wire.json(200, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}")));
    }

    private static Stream<BadReply> tooLarge() {
        return Stream.of(
                new BadReply(
                        "too large, announced",
                        TOO_LARGE,
                        (call, wire) -> wire.json(200, call.text("x".repeat(TOO_MANY_BYTES)))),
                new BadReply(
                        "too large and long, announced",
                        TOO_LARGE,
                        (call, wire) -> wire.json(200, call.text("x".repeat(2 * TOO_MANY_BYTES)))),
                new BadReply("too large, in chunks", TOO_LARGE, (call, wire) -> {
                    wire.raw(JSON + CHUNKED);
                    wire.chunk("{\"jsonrpc\": \"" + "x".repeat(TOO_MANY_BYTES));
                }),
                new BadReply("too large event", TOO_LARGE, (call, wire) -> {
                    wire.beginStream();
                    wire.chunk("data: " + "x".repeat(TOO_MANY_BYTES));
                }));
    }

    private static Stream<BadReply> cutOff() {
        return Stream.of(
                hangUp("before the status", ""),
                hangUp("in the headers", "HTTP/1.1 200 OK\r\nContent-Ty"),
                hangUp("in the body", JSON + "Content-Length: 99\r\n\r\n{\"jso"),
                hangUp("in a long body", JSON + "Content-Length: 20000\r\n\r\n{\"jso"),
                hangUp("in the chunks", JSON + CHUNKED + "a\r\n{\"jsonrpc\"\r\n"),
                hangUp(
                        "in the stream",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + CHUNKED
                                + "10\r\ndata: {\"jsonrpc\"\r\n"),
                hangUp("after what is no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
    }

    private static BadReply hangUp(String where, String sent) {
        return new BadReply("hang-up " + where, LOST, (call, wire) -> {
            wire.raw(sent);
            wire.cut();
        });
    }
}
