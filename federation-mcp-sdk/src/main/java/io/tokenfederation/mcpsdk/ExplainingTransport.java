// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcpsdk;

import io.modelcontextprotocol.client.transport.HttpRequestSnapshot;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The SDK's transport, whose refusals say why and what to do, and hold no token, session or person. */
final class ExplainingTransport implements McpClientTransport {
    private static final int FORBIDDEN = 403;
    private static final List<String> UNTOLD =
            List.of(AuditHeaders.AUTHORIZATION, AuditHeaders.FORWARDED, AuditHeaders.CALLER, "Mcp-Session-Id");

    private final McpClientTransport plain;

    ExplainingTransport(McpClientTransport plain) {
        this.plain = plain;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return plain.connect(handler).onErrorMap(McpHttpClientTransportAuthorizationException.class, this::explained);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return plain.sendMessage(message)
                .onErrorMap(McpHttpClientTransportAuthorizationException.class, this::explained);
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        plain.setExceptionHandler(failure -> handler.accept(
                failure instanceof McpHttpClientTransportAuthorizationException refusal
                        ? explained(refusal)
                        : failure));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return plain.closeGracefully();
    }

    @Override
    public void close() {
        plain.close();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return plain.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return plain.protocolVersions();
    }

    private McpHttpClientTransportAuthorizationException explained(
            McpHttpClientTransportAuthorizationException refusal) {
        int status = refusal.getResponseInfo().statusCode();
        HttpRequestSnapshot request = withoutSecrets(refusal.getRequestSnapshot());
        String line = request.method() + " "
                + SafeText.of(request.requestUri().getRawAuthority()
                        + request.requestUri().getPath());
        Problem problem = status == FORBIDDEN
                ? Problem.of(ErrorCode.PERMISSION_DENIED, line + ": refused with status " + status)
                : Problem.of(
                        ErrorCode.TOKEN_REJECTED,
                        line + ": the token was refused with status " + status
                                + ", and another one as well, if the source had one");
        FederatedCallException cause = new FederatedCallException(problem.httpStatus(status));
        McpHttpClientTransportAuthorizationException explained = new McpHttpClientTransportAuthorizationException(
                cause.getMessage(), request, refusal.getResponseInfo());
        explained.initCause(cause);
        explained.setStackTrace(refusal.getStackTrace());
        return explained;
    }

    /** Whoever has the session's id can go on with it, and whom the call was for is for the server's log alone. */
    private static HttpRequestSnapshot withoutSecrets(HttpRequestSnapshot request) {
        HttpHeaders headers = HttpHeaders.of(
                request.headers().map(), (name, value) -> UNTOLD.stream().noneMatch(name::equalsIgnoreCase));
        return new HttpRequestSnapshot(request.requestUri(), request.method(), headers);
    }

    /** {@return nothing but what it is: the address may hold anything} */
    @Override
    public String toString() {
        return "ExplainingTransport";
    }
}
