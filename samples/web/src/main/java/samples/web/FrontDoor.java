// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Every request comes in here: it gets the headers that protect the page, is checked, answered, and logged. */
final class FrontDoor implements HttpHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final SecurityHeaders headers;
    private final Gate gate;
    private final Page page;
    private final QueryApi query;
    private final Consumer<String> log;

    FrontDoor(Login login, URI origin, Page page, QueryApi query, Consumer<String> log) {
        this.headers = new SecurityHeaders(login.origin());
        this.gate = new Gate(origin);
        this.page = page;
        this.query = query;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long began = System.nanoTime();
        String outcome = "cut off";
        String path = exchange.getRequestURI().getRawPath();
        boolean known = path != null && (path.equals(QueryApi.PATH) || page.has(path));
        // Closing an exchange that was not answered to the end closes the connection.
        try (exchange) {
            headers.addTo(exchange.getResponseHeaders());
            outcome = answered(exchange, path);
        } finally {
            long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
            // Without the query, which may hold a code; without a path nobody serves, which may hold anything.
            log.accept(exchange.getResponseCode() + " " + method(exchange) + " " + (known ? path : "(other)") + " "
                    + took + " ms " + outcome);
        }
    }

    private String answered(HttpExchange exchange, String path) throws IOException {
        try {
            gate.requireOurHost(exchange);
            if (QueryApi.PATH.equals(path)) {
                gate.requireOurPage(exchange);
                return query.answer(exchange);
            }
            page.answer(exchange, path);
            return "ok";
        } catch (Refusal e) {
            refuse(exchange, e);
            return e.reason();
        } catch (Progress.Gone e) {
            return "the browser went away";
        } catch (RuntimeException e) {
            // Without the message: it may quote the request.
            refuse(exchange, new Refusal(500, "FAILED", "Something went wrong here."));
            return "failed: " + e.getClass().getName() + at(e);
        }
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (exchange.getResponseCode() >= 0) {
            return;
        }
        boolean page = isForAPerson(exchange);
        byte[] body = page ? refusal.page().getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(refusal.body());
        exchange.getResponseHeaders().set("Content-Type", page ? Page.HTML : "application/json");
        refusal.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        // What is left of the request is not read.
        exchange.getResponseHeaders().set("Connection", "close");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(refusal.status(), head ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Somebody who opened an address reads what comes; a script asks for JSON, and with POST. */
    private static boolean isForAPerson(HttpExchange exchange) {
        return READING.contains(exchange.getRequestMethod())
                && exchange.getRequestHeaders().getOrDefault("Accept", List.of()).stream()
                        .anyMatch(accepted -> accepted.contains("text/html"));
    }

    private static String method(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        return method.matches("[A-Z]{1,10}") ? method : "(other)";
    }

    private static String at(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
