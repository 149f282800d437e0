// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an {@link McpClient}. Not thread-safe.
 *
 * @see McpClient#builder(String)
 */
public final class McpClientBuilder {
    /** For each of the few small requests that a token takes; the whole has 20 seconds. */
    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(10);

    private final URI uri;
    private @Nullable DatabricksTokenSource tokens;
    private @Nullable McpAuthorization authorization;
    private CallHeaders headers = CallHeaders.NONE;
    private Duration requestTimeout = Duration.ofSeconds(60);
    private @Nullable Duration connectTimeout;
    private @Nullable HttpClient httpClient;
    private int maxMessageSize = 16 * 1_024 * 1_024;
    private Questions questions = Questions.NONE;
    private Extensions extensions = Extensions.NONE;
    private @Nullable Executor executor;
    private Supplier<Optional<TraceContext>> trace = Optional::empty;

    McpClientBuilder(URI uri) {
        this.uri = uri;
    }

    /**
     * Gives the token of every request. Required, or {@link #authorization}.
     *
     * @param tokens the source, asked on every request
     * @return this
     */
    public McpClientBuilder tokens(DatabricksTokenSource tokens) {
        this.tokens = requireNonNull(tokens, "tokens");
        return this;
    }

    /**
     * Gets the token of every request from the authorization server that the MCP server names, instead of
     * {@link #tokens}: for servers that take no Databricks token.
     *
     * @param authorization who asks for it, and on what grounds
     * @return this
     */
    public McpClientBuilder authorization(McpAuthorization authorization) {
        this.authorization = requireNonNull(authorization, "authorization");
        return this;
    }

    /**
     * Sends the person's e-mail address as {@code X-Caller-Email}, if there is one, for the server's audit log. It
     * proves nothing and authorises nothing. What is not visible ASCII, and the percent sign, is percent-encoded in
     * UTF-8: {@code jürgen@example.com} is sent as {@code j%C3%BCrgen@example.com}. Default: not sent.
     *
     * @param caller who is calling
     * @return this
     */
    public McpClientBuilder caller(Caller caller) {
        this.headers = headers.caller(caller);
        return this;
    }

    /**
     * Sends the role's name as {@code X-Caller-Role}, for the server's audit log. It proves nothing and authorises
     * nothing: what may be read is decided by the service principal of the token. Default: not sent.
     *
     * @param role the caller's role
     * @return this
     * @throws IllegalArgumentException if the name cannot be sent in a header
     */
    public McpClientBuilder role(ResolvedRole role) {
        this.headers = headers.role(role);
        return this;
    }

    /**
     * Sends the token a second time as {@code X-Databricks-Token}, for servers on Databricks Apps that call Databricks
     * with it: the proxy keeps {@code Authorization} to itself. Default: false.
     *
     * <p>This hands the token to the app's code, which can then do whatever the service principal may, anywhere in the
     * workspace, until the token ends. The MCP specification calls it token passthrough and forbids it to servers.
     * Switch it on only for servers you run yourself.
     *
     * @param forwardToken whether to send it
     * @return this
     */
    public McpClientBuilder forwardToken(boolean forwardToken) {
        this.headers = headers.forwardToken(forwardToken);
        return this;
    }

    /**
     * Sets how long one call of this client may take, with handshake, replay, all pages and their bodies, but without
     * the token source's own time. Default: 60 seconds.
     *
     * @param requestTimeout the time, more than zero and at most a day
     * @return this
     */
    public McpClientBuilder requestTimeout(Duration requestTimeout) {
        this.requestTimeout = Timeouts.require(requestTimeout, "requestTimeout");
        return this;
    }

    /**
     * Sets how long a connection may take to come about. Default: 10 seconds.
     *
     * @param connectTimeout the time, more than zero and at most a day
     * @return this
     */
    public McpClientBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = Timeouts.require(connectTimeout, "connectTimeout");
        return this;
    }

    /**
     * Uses the application's HTTP client: its proxy, trust store, connections and connect timeout. Default: one shared
     * by all MCP clients that are given none, whose connections and threads end when the last of these is closed.
     *
     * @param httpClient a client that neither follows redirects nor keeps cookies; never closed by this one
     * @return this
     */
    public McpClientBuilder httpClient(HttpClient httpClient) {
        this.httpClient = requireNonNull(httpClient, "httpClient");
        return this;
    }

    /**
     * Sets the most bytes one message of the server may have. Default: 16 MiB.
     *
     * @param maxMessageSize the number of bytes, more than zero
     * @return this
     */
    public McpClientBuilder maxMessageSize(int maxMessageSize) {
        if (maxMessageSize <= 0) {
            throw new IllegalArgumentException("maxMessageSize must be more than zero; it is " + maxMessageSize);
        }
        this.maxMessageSize = maxMessageSize;
        return this;
    }

    /**
     * Offers the server to ask the person behind a call. The handler runs on the thread that makes the call, which waits for
     * it; its time does not count into the timeout. What it throws ends the call. Default: not offered.
     *
     * <p>While it waits, nothing else of that call is read: a {@code ping} on the same stream is answered after it, so a
     * server that hangs up on clients which do not answer pings must leave a person more time than it leaves a client.
     *
     * <p>Servers of versions up to 2025-11-25 may ask on a stream of their own instead, which a client with a handler keeps
     * open for as long as it has a session. Such a question belongs to no call: the handler runs on a thread of its own, its
     * time counts into the timeout of the call that waits for it, and what it throws is logged, and an error to the server.
     *
     * @param handler asks the person
     * @return this
     */
    public McpClientBuilder elicitation(Function<? super Elicitation, ElicitationAnswer> handler) {
        this.questions = questions.elicitation(requireNonNull(handler, "handler"));
        return this;
    }

    /**
     * Offers the server to ask a language model through the application. The handler runs as that of
     * {@link #elicitation}. Default: not offered.
     *
     * @param handler asks the model
     * @return this
     */
    public McpClientBuilder sampling(Function<? super SamplingRequest, SamplingAnswer> handler) {
        this.questions = questions.sampling(requireNonNull(handler, "handler"));
        return this;
    }

    /**
     * Offers to tell the server where the application works. Default: not offered.
     *
     * @param places tells the places, each time anew
     * @return this
     */
    public McpClientBuilder roots(Supplier<? extends List<Root>> places) {
        this.questions = questions.roots(requireNonNull(places, "places"));
        return this;
    }

    /**
     * Tells the server that the application has an extension of the protocol, which it uses by {@link McpClient#request}.
     * Default: none.
     *
     * @param id the extension's identifier, such as {@code io.modelcontextprotocol/skills}
     * @param settings what the extension lets a client say of itself; empty if nothing
     * @return this
     * @throws IllegalArgumentException if it is not of the form {@code prefix/name}, the settings cannot be written as JSON,
     *     or it is the extension for tasks, which changes what calls of tools are answered with
     */
    public McpClientBuilder extension(String id, Map<String, ?> settings) {
        this.extensions = extensions.with(requireNonNull(id, "id"), requireNonNull(settings, "settings"));
        return this;
    }

    /**
     * Runs the calls of {@link McpClient#async()} on these threads, one each. Default: a virtual thread per call where the
     * JVM has them (21 and later), otherwise a daemon thread per call, used again within a second.
     *
     * @param executor runs each call to its end
     * @return this
     */
    public McpClientBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Tells the server with each request where in a distributed trace it stands, as {@link TraceContext} says. Asked on the
     * thread that makes the call, once per call, also of {@link McpClient#async()}; what it throws ends the call. Default:
     * nothing is told.
     *
     * @param now tells the place; empty if there is none
     * @return this
     */
    public McpClientBuilder traceContext(Supplier<Optional<TraceContext>> now) {
        this.trace = requireNonNull(now, "now");
        return this;
    }

    /**
     * Builds the client. Connects to nothing yet.
     *
     * @return the client
     * @throws IllegalStateException if there is no token source, or there are two, or a token that is no Databricks token
     *     is to be forwarded as one
     * @throws IllegalArgumentException if the HTTP client follows redirects or keeps cookies, or a connect timeout is set
     *     beside it
     */
    public McpClient build() {
        HttpTransport transport = transport();
        Endpoint endpoint = new Endpoint(uri, transport, source(transport), Clock.systemUTC(), maxMessageSize);
        Conversation conversation = new Conversation(endpoint, maxMessageSize, questions, extensions);
        Executor threads = executor == null ? CallThreads.shared() : executor;
        Connection connection = new Connection(uri, requestTimeout, conversation, threads, trace);
        return new McpClient(View.whole(connection, headers));
    }

    private DatabricksTokenSource source(HttpTransport transport) {
        if (authorization == null) {
            if (tokens == null) {
                throw new IllegalStateException(
                        "set tokens(...), or authorization(...) for a server with an authorization server of its own");
            }
            return tokens;
        }
        if (tokens != null) {
            throw new IllegalStateException("set tokens or authorization: a request carries one token");
        }
        if (headers.forwardToken()) {
            throw new IllegalStateException(
                    "forwardToken hands on a Databricks token, which authorization does not get; leave one of them out");
        }
        return authorization.tokensFor(uri, transport.within(TOKEN_TIMEOUT));
    }

    private HttpTransport transport() {
        if (httpClient == null) {
            Duration connect = connectTimeout == null ? Duration.ofSeconds(10) : connectTimeout;
            return HttpTransport.leased(connect, requestTimeout);
        }
        if (connectTimeout != null) {
            throw new IllegalArgumentException(
                    "connectTimeout has no effect beside httpClient; set it on the HttpClient's own builder");
        }
        return HttpTransport.over(httpClient, requestTimeout);
    }
}
