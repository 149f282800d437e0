// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.tokenfederation.Caller;
import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.FederationException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * {@code POST /api/query}: verifies the caller, resolves the role from the verified token and from nothing else, and tells
 * step by step how the rows are fetched, as a line of JSON each.
 */
final class QueryApi implements AutoCloseable {
    static final String PATH = "/api/query";

    private static final String JSON_TYPE = "application/json";
    private static final int MOST_BYTES = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CallerVerifier callers;
    private final RoleResolver roles;
    private final Journey journey;
    private final Consumer<String> log;

    QueryApi(WebSettings settings, Consumer<String> log) {
        this.callers = settings.login().callers();
        this.roles = settings.roles().resolver();
        this.journey = new Journey(settings);
        this.log = log;
    }

    /** Answers; gives what the access log is to say. */
    String answer(HttpExchange exchange) throws IOException {
        requireJsonPost(exchange);
        Stopwatch watch = new Stopwatch();
        Caller caller = verified(exchange);
        long verifying = watch.lap();
        ResolvedRole role = resolved(caller);
        long resolving = watch.lap();
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        String whose = "caller=" + printable(caller.subject()) + " role=" + role.name();
        try (Progress progress = new Progress(exchange.getResponseBody())) {
            progress.done("caller", journey.about(caller), verifying);
            progress.done("role", journey.about(role), resolving);
            return whose + " " + new Trip(journey, progress, log).go(caller, role);
        }
    }

    @Override
    public void close() {
        journey.close();
    }

    private static void requireJsonPost(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            throw new Refusal(405, "WRONG_METHOD", "Ask with POST.").header("Allow", "POST");
        }
        // A form of another site can send no such type without asking beforehand, and nobody is allowed to.
        String type = Gate.single(exchange, "Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(JSON_TYPE)) {
            throw new Refusal(415, "NOT_JSON", "Send " + JSON_TYPE + ".");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Refusal(413, "TOO_LARGE", "Send less.");
        }
        if (!isObject(body)) {
            throw new Refusal(400, "NOT_JSON", "Send a JSON object.");
        }
    }

    /** Whatever its members say: nothing in it can choose a role. */
    private static boolean isObject(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node != null && node.isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private Caller verified(HttpExchange exchange) {
        try {
            return callers.verify(bearer(exchange));
        } catch (CallerRejectedException e) {
            Refusal refusal = e.retryable()
                    ? new Refusal(503, "TRY_LATER", e.publicMessage()).header("Retry-After", "5")
                    : new Refusal(401, "SIGN_IN", e.publicMessage()).header("WWW-Authenticate", e.challenge());
            throw refusal.because(said(e));
        }
    }

    private ResolvedRole resolved(Caller caller) {
        try {
            return roles.resolve(caller.claims());
        } catch (RoleNotMappedException e) {
            throw new Refusal(403, "NO_ROLE", e.publicMessage())
                    .because("caller=" + printable(caller.subject()) + " " + said(e));
        }
    }

    /** The token of RFC 6750 §2.1; nothing if there is none, or more than one. */
    private static String bearer(HttpExchange exchange) {
        String value = Gate.single(exchange, "Authorization").orElse("");
        boolean bearer = value.regionMatches(true, 0, "Bearer ", 0, 7);
        return bearer ? value.substring(7).strip() : "";
    }

    /** Code and message of a failure; the library puts no token into either. */
    static String said(FederationException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    /** The issuer signed it, and may have signed anything. */
    private static String printable(String text) {
        String safe = text.replaceAll("[^\\x21-\\x7e]", "_");
        return safe.substring(0, Math.min(safe.length(), 80));
    }
}
