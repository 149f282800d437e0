// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a distributed trace a call stands, in the two texts of W3C Trace Context. Sent in the request's {@code _meta} under
 * the names {@code traceparent} and {@code tracestate} (MCP, SEP-414), where a server finds it whatever proxies there are. Immutable.
 *
 * <pre>{@code
 * McpClient mcp = McpClient.builder(uri).tokens(tokens).traceContext(() -> Optional.of(Span.current().getSpanContext())
 *     .filter(SpanContext::isValid)
 *     .map(span -> TraceContext.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-01"))).build();
 * }</pre>
 *
 * @param traceparent version, trace id, parent id and flags, in lower-case hexadecimal
 * @param tracestate what tracing systems keep of their own; empty if nothing, and then not sent
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceContext(String traceparent, String tracestate) {
    /** Later versions may add fields behind these, the first may not (§3.2.4). */
    private static final Pattern PARENT = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[\\x21-\\x7E]{0,400})?");

    private static final int LENGTH = 55;

    /** A key, and a value of printable ASCII without comma, equals sign and a space at its end (§3.3.1.3). */
    private static final Pattern MEMBER = Pattern.compile("[ \\t]*((?:[a-z][a-z0-9_*/-]{0,255})"
            + "|(?:[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13}))"
            + "=[\\x20-\\x2B\\x2D-\\x3C\\x3E-\\x7E]{0,255}[\\x21-\\x2B\\x2D-\\x3C\\x3E-\\x7E][ \\t]*");

    private static final int MOST_MEMBERS = 32;

    /**
     * Checks that both are what the W3C says.
     *
     * @param traceparent version, trace id, parent id and flags
     * @param tracestate what tracing systems keep of their own; may be empty
     * @throws IllegalArgumentException if one of them is not
     */
    public TraceContext {
        requireNonNull(traceparent, "traceparent");
        requireNonNull(tracestate, "tracestate");
        boolean first = traceparent.startsWith("00-");
        if (!PARENT.matcher(traceparent).matches() || (first && traceparent.length() != LENGTH)) {
            throw new IllegalArgumentException(
                    "traceparent is not version-traceid-parentid-flags in lower-case"
                            + " hexadecimal, neither id all zeros, such as 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }
        requireState(tracestate);
    }

    /**
     * A place in a trace of which nobody keeps more.
     *
     * @param traceparent version, trace id, parent id and flags, in lower-case hexadecimal
     * @return the place
     * @throws IllegalArgumentException if it is not that
     */
    public static TraceContext of(String traceparent) {
        return new TraceContext(traceparent, "");
    }

    private static void requireState(String tracestate) {
        Set<String> keys = new HashSet<>();
        for (String member : tracestate.split(",", -1)) {
            Matcher matcher = MEMBER.matcher(member);
            boolean sound = member.isBlank() || (matcher.matches() && keys.add(matcher.group(1)));
            if (!sound || keys.size() > MOST_MEMBERS) {
                throw new IllegalArgumentException(
                        "tracestate is not a list of at most 32 key=value with keys that differ (W3C Trace Context §3.3.1)");
            }
        }
    }

    /** The two as members of a JSON object, each behind a comma. */
    String members() {
        String parent = ",\"traceparent\":" + Json.quoted(traceparent);
        return tracestate.isBlank() ? parent : parent + ",\"tracestate\":" + Json.quoted(tracestate);
    }

    /** {@return the traceparent; not the state, which is the tracing systems' own} */
    @Override
    public String toString() {
        return "TraceContext[" + traceparent + "]";
    }
}
