// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tokenfederation.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which era the server is, and begins to speak with it: {@code server/discover} first, which changes nothing
 * on the server; if that is not answered as only a modern server can, {@code initialize} and {@code initialized}
 * (2026-07-28, "Versioning: Backward Compatibility"). A server that is known to be of the legacy era is spared the question.
 */
final class Handshake {
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]{1,1024}");

    /** The codes of refusals by a server that may be of the other era; all else a login, a proxy or nobody has said. */
    private static final Set<String> ABOUT_US = Set.of(
            McpErrorCode.MCP_REQUEST_REFUSED.name(),
            McpErrorCode.MCP_NOT_FOUND.name(),
            McpErrorCode.MCP_PROTOCOL_ERROR.name(),
            McpErrorCode.MCP_INPUT_REQUIRED.name(),
            McpErrorCode.MCP_VERSION_UNSUPPORTED.name(),
            McpErrorCode.MCP_SESSION_LOST.name());

    /** Nothing is learned of the server: it, or somebody before it, does not want this caller, or not now. */
    private static final Set<String> NOTHING_LEARNED = Set.of(
            ErrorCode.TOKEN_REJECTED.name(),
            ErrorCode.PERMISSION_DENIED.name(),
            McpErrorCode.MCP_INSUFFICIENT_SCOPE.name(),
            McpErrorCode.MCP_LOGIN_REDIRECT.name(),
            McpErrorCode.MCP_MOVED.name(),
            McpErrorCode.MCP_RATE_LIMITED.name(),
            McpErrorCode.MCP_INTERRUPTED.name());

    /** A modern server has nothing to look up before it answers; one that has yet to start is asked once more. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    static final Request<Discovery> QUESTION = Request.of("server/discover", Discovery.Reader::new);

    private final Rpc rpc;
    private final Introduction introduction;
    private final ServerStream stream;
    private final LegacyServers legacy;
    private final URI server;

    Handshake(Rpc rpc, ServerStream stream, Introduction introduction, URI server, LegacyServers legacy) {
        this.server = server;
        this.legacy = legacy;
        this.rpc = rpc;
        this.stream = stream;
        this.introduction = introduction;
    }

    Session begin(Call cause) {
        Call call = cause.with(cause.options().forHandshake());
        if (!legacy.contain(server)) {
            return discover(call);
        }
        try {
            return initialize(call);
        } catch (McpException e) {
            if (NOTHING_LEARNED.contains(e.code())) {
                throw e;
            }
            legacy.remove(server);
            if (McpErrorCode.MCP_UNREACHABLE.is(e)
                    || McpErrorCode.MCP_TIMED_OUT.is(e)
                    || e.retryAfter().isPresent()) {
                throw e;
            }
        }
        return discover(call);
    }

    private Session discover(Call call) {
        Answer<Discovery> answer;
        try {
            answer = ask(ModernSession.VERSIONS.get(0), call.by(call.deadline().half(LONGEST_SILENCE)));
        } catch (McpException e) {
            if (saysNothing(e)) {
                return afterSilence(e, call);
            }
            if (!ABOUT_US.contains(e.code())) {
                throw e;
            }
            return isOfAModernServer(e) ? refusedByAModernServer(e, call) : initialized(e, call);
        }
        return modern(answer, call);
    }

    /** What the server says of itself now; that it speaks the version still, its next refusal would tell. */
    ServerInfo askAgain(ModernSession session, Call cause) {
        Call call = cause.with(cause.options().forHandshake());
        try {
            Answer<Discovery> answer = ask(session, call);
            session.said(answer.value().server(session.version()), fresh(answer, call));
        } catch (McpException e) {
            // One that does not know the question has nothing newer to say.
            if (!McpErrorCode.MCP_PROTOCOL_ERROR.is(e) || e.rpcCode().orElse(0) != JsonRpc.METHOD_NOT_FOUND) {
                throw e;
            }
        }
        return session.server();
    }

    private Answer<Discovery> ask(String version, Call call) {
        return ask(session(version, ServerInfo.UNKNOWN), call);
    }

    private Answer<Discovery> ask(ModernSession session, Call call) {
        return rpc.ask(QUESTION, session, call);
    }

    /** Of which nothing holds for long. */
    private ModernSession session(String version, ServerInfo server) {
        return new ModernSession(version, introduction, server, new Freshness(System.nanoTime(), null, null));
    }

    private ModernSession session(String version, Answer<Discovery> answer, Call call) {
        return new ModernSession(version, introduction, answer.value().server(version), fresh(answer, call));
    }

    private static Freshness fresh(Answer<Discovery> answer, Call call) {
        return answer.value().hint().from(answer.asked(), call.headers());
    }

    private Session modern(Answer<Discovery> answer, Call call) {
        Discovery found = answer.value();
        String version = newest(ModernSession.VERSIONS, found.versions());
        if (version != null) {
            return session(version, answer, call);
        }
        // Whoever names no version at all has not understood the question.
        if (found.versions().isEmpty() || newest(LegacySession.VERSIONS, found.versions()) != null) {
            return remembered(initialize(call));
        }
        throw unsupported(answer.asked(), found.versions());
    }

    /** It speaks of versions, headers or capabilities as only a modern server does: no reason to go back an era. */
    private Session refusedByAModernServer(McpException refusal, Call call) {
        List<String> supported =
                refusal.error().map(RpcError::supportedVersions).orElse(List.of());
        String version = newest(ModernSession.VERSIONS, supported);
        if (version != null) {
            return session(version, ask(version, call), call);
        }
        if (newest(LegacySession.VERSIONS, supported) != null) {
            return remembered(initialize(call));
        }
        throw refusal;
    }

    /** What a modern server must know, this one does not: it is a legacy one, or one that lacks just that. */
    private Session initialized(McpException refusal, Call call) {
        try {
            return remembered(initialize(call));
        } catch (McpException e) {
            if (knowsNoSuchMethod(refusal) && ABOUT_US.contains(e.code())) {
                String version = ModernSession.VERSIONS.get(0);
                return session(version, Discovery.NOTHING.server(version));
            }
            // A modern server may have said more than this client knows yet.
            throw refusal.error().filter(RpcError::reserved).isPresent() ? moreTelling(refusal, e) : e;
        }
    }

    /** There are servers of the legacy era that leave a method they do not know without an answer. */
    private Session afterSilence(McpException silence, Call call) {
        try {
            return remembered(initialize(call));
        } catch (McpException e) {
            if (ABOUT_US.contains(e.code()) && (isOfAModernServer(e) || knowsNoSuchMethod(e))) {
                // It was only slow, and has the rest of the time now.
                return modern(ask(ModernSession.VERSIONS.get(0), call), call);
            }
            throw moreTelling(silence, e);
        }
    }

    private static boolean saysNothing(McpException failure) {
        return McpErrorCode.MCP_TIMED_OUT.is(failure)
                || (failure.getCause() instanceof BadReplyException bad && bad.empty());
    }

    private static boolean isOfAModernServer(McpException refusal) {
        return refusal.error().filter(RpcError::modern).isPresent();
    }

    /** 404 with this number is how a modern server says that it does not know a method ("Protocol Version Header"). */
    private static boolean knowsNoSuchMethod(McpException refusal) {
        return refusal.rpcCode().orElse(0) == JsonRpc.METHOD_NOT_FOUND
                && refusal.httpStatus().orElse(0) == 404;
    }

    /** The first failure, unless the second tells what is wrong whatever the era, or that it may pass. */
    private static McpException moreTelling(McpException first, McpException second) {
        boolean answered = McpErrorCode.MCP_VERSION_UNSUPPORTED.is(second)
                && second.error().isEmpty();
        boolean tells = answered
                || NOTHING_LEARNED.contains(second.code())
                || McpErrorCode.MCP_UNREACHABLE.is(second)
                || McpErrorCode.MCP_ANSWER_LOST.is(second)
                || second.retryAfter().isPresent();
        McpException shown = tells ? second : first;
        shown.addSuppressed(tells ? first : second);
        return shown;
    }

    private Session remembered(Session session) {
        legacy.add(server);
        return session;
    }

    private Session initialize(Call call) {
        Request<Discovery> request =
                Request.of("initialize", Discovery.Reader::new).params(Slice.of(Json.write(params())));
        Answer<Discovery> answer = rpc.ask(request, LegacySession.NONE, call);
        Discovery found = answer.value();
        String version = found.version();
        String id = sessionId(answer);
        if (!LegacySession.VERSIONS.contains(version)) {
            rpc.end(new LegacySession(null, id, ServerInfo.UNKNOWN), call.headers());
            throw unsupported(answer.asked(), List.of(version));
        }
        LegacySession session = new LegacySession(version, id, found.server(version));
        try {
            rpc.tell("notifications/initialized", session, call);
            stream.open(session, call);
        } catch (RuntimeException | Error e) {
            rpc.end(session, call.headers());
            throw e;
        }
        return session;
    }

    private static McpException unsupported(Asked asked, List<String> versions) {
        return asked.failed(
                McpErrorCode.MCP_VERSION_UNSUPPORTED,
                "the server answered with protocol version '" + asked.safe(String.join(", ", versions)) + "'");
    }

    private static @Nullable String newest(List<String> ours, List<String> theirs) {
        return ours.stream().filter(theirs::contains).findFirst().orElse(null);
    }

    private static @Nullable String sessionId(Answer<?> answer) {
        Optional<String> id = answer.headers().firstValue("Mcp-Session-Id");
        if (id.isPresent() && !VISIBLE_ASCII.matcher(id.get()).matches()) {
            throw answer.asked()
                    .failed(
                            McpErrorCode.MCP_REPLY_UNREADABLE,
                            "the session id is not made of visible ASCII characters");
        }
        return id.orElse(null);
    }

    private ObjectNode params() {
        ObjectNode params = Json.object().put("protocolVersion", LegacySession.VERSIONS.get(0));
        params.putRawValue("capabilities", new RawValue(introduction.capabilities()));
        params.putRawValue("clientInfo", new RawValue(introduction.clientInfo()));
        return params;
    }
}
