// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link DatabricksTokenExchanger}. Not thread-safe. */
public final class DatabricksTokenExchangerBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private @Nullable URI tokenEndpoint;
    private @Nullable IdpTokenSource idpTokenSource;
    private final Map<ServicePrincipal, IdpTokenSource> own = new HashMap<>();
    private boolean usersOnly;
    private Set<String> scopes = Set.of("all-apis");
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration waitTimeout = Duration.ofSeconds(30);
    private @Nullable HttpClient httpClient;
    private @Nullable Executor executor;
    private Consumer<? super TokenEvent> listener = event -> {};
    private Clocks clocks = Clocks.SYSTEM;

    DatabricksTokenExchangerBuilder() {}

    /**
     * The workspace whose token endpoint is asked. This or {@link #account} is required.
     *
     * @param url such as {@code https://adb-1234567890123456.7.azuredatabricks.net}
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL of a host, with nothing after it
     */
    public DatabricksTokenExchangerBuilder workspace(String url) {
        return tokenEndpoint(DatabricksHost.of(url).workspaceTokenEndpoint());
    }

    /**
     * The account whose token endpoint is asked, for account-level APIs. This or {@link #workspace} is required.
     *
     * @param url such as {@code https://accounts.azuredatabricks.net}
     * @param accountId the Databricks account's id, a UUID
     * @return this builder
     * @throws IllegalArgumentException if one of the two is not what it should be
     */
    public DatabricksTokenExchangerBuilder account(String url, String accountId) {
        return tokenEndpoint(DatabricksHost.of(url).accountTokenEndpoint(accountId));
    }

    /**
     * Where the application's JWTs come from, for every service principal without a source of its own. Required, unless
     * each has one, or {@link #usersOnly} is said.
     *
     * @param source the source
     * @return this builder
     */
    public DatabricksTokenExchangerBuilder idpTokenSource(IdpTokenSource source) {
        this.idpTokenSource = requireNonNull(source, "source");
        return this;
    }

    /**
     * Where the JWTs for one service principal come from, if not from {@link #idpTokenSource(IdpTokenSource)}: with a
     * client of its own for each role, no single secret can become all of them.
     *
     * @param principal the service principal
     * @param source its source; one source given for several principals is asked once for all of them
     * @return this builder
     * @throws IllegalArgumentException if this principal has a source already
     */
    public DatabricksTokenExchangerBuilder idpTokenSource(ServicePrincipal principal, IdpTokenSource source) {
        requireNonNull(source, "source");
        if (own.putIfAbsent(requireNonNull(principal, "principal"), source) != null) {
            throw new IllegalArgumentException("the service principal " + principal + " has two IdP token sources");
        }
        return this;
    }

    /**
     * Says that only users' own JWTs will be exchanged, so that no IdP token source is missing.
     *
     * @return this builder
     * @see DatabricksTokenExchanger#tokenForUser
     */
    public DatabricksTokenExchangerBuilder usersOnly() {
        this.usersOnly = true;
        return this;
    }

    /**
     * Told what happens to the tokens. Default: nobody. It is called on the threads of attempts and of callers, must be
     * quick and thread-safe, and may throw, which is logged and has no effect.
     *
     * @param listener the listener
     * @return this builder
     */
    public DatabricksTokenExchangerBuilder listener(Consumer<? super TokenEvent> listener) {
        this.listener = requireNonNull(listener, "listener");
        return this;
    }

    /**
     * What the tokens may be used for. Default: {@code all-apis}.
     *
     * @param scopes one or more scopes, such as {@code sql}
     * @return this builder
     * @throws IllegalArgumentException if there is none, or one is blank or holds a space
     */
    public DatabricksTokenExchangerBuilder scopes(String... scopes) {
        if (scopes.length == 0 || Stream.of(scopes).anyMatch(s -> s.isBlank() || s.contains(" "))) {
            throw new IllegalArgumentException("scopes must be one or more words, such as scopes(\"all-apis\")");
        }
        this.scopes = Set.copyOf(List.of(scopes));
        return this;
    }

    /**
     * How long one HTTP request may take, its reply's body included. An attempt to get a JWT or a token may take
     * twice that. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public DatabricksTokenExchangerBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
        return this;
    }

    /**
     * How long a caller waits at most while there is no usable token. Default: 30 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public DatabricksTokenExchangerBuilder waitTimeout(Duration timeout) {
        this.waitTimeout = Timeouts.require(timeout, "waitTimeout");
        return this;
    }

    /**
     * The client that talks to Databricks: your proxy, trust store and executor. Default: a client of its own, with
     * a connect timeout of 5 seconds.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     * @throws IllegalArgumentException from {@link #build()} if it follows redirects or keeps cookies
     */
    public DatabricksTokenExchangerBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    /**
     * Runs the attempts, which block. Default: at most eight threads that end when idle; virtual ones on JDK 24 and
     * later, where they cannot hold up the application's, else daemons.
     *
     * <p>So at most eight tokens are fetched at once, and the rest queue: at 200 ms for each, a thousand users who come
     * within a second wait up to 25 seconds for their first token. Where so many come at once, give an executor with
     * more threads, and know that both endpoints limit rates.
     *
     * @param executor must outlive the exchanger
     * @return this builder
     */
    public DatabricksTokenExchangerBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    DatabricksTokenExchangerBuilder clocks(Clocks clocks) {
        this.clocks = clocks;
        return this;
    }

    /**
     * Builds the exchanger. Nothing is sent yet.
     *
     * @return the exchanger
     * @throws IllegalStateException if a required setting is missing
     */
    public DatabricksTokenExchanger build() {
        if (tokenEndpoint == null) {
            throw new IllegalStateException("set workspace(url), or account(url, accountId)");
        }
        if (idpTokenSource == null && own.isEmpty() && !usersOnly) {
            throw new IllegalStateException("set idpTokenSource(source): where the application's JWTs come from");
        }
        HttpTransport transport = httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                : HttpTransport.over(httpClient, requestTimeout);
        Executor threads = executor == null ? Attempts.threads() : executor;
        RandomGenerator random = new Random();
        Engine engine = new Engine(
                new Attempts(threads, requestTimeout.multipliedBy(2)), clocks, random, listener, waitTimeout);
        TokenExchange exchange =
                new TokenExchange(new TokenEndpoint(transport, tokenEndpoint, Side.DATABRICKS), scopes, clocks.wall());
        EndpointHealth health = new EndpointHealth(clocks, random);
        return new DatabricksTokenExchanger(
                new PrincipalTokens(new IdpTokenSources(idpTokenSource, Map.copyOf(own)), exchange, health, engine),
                new UserTokens(exchange, health, engine),
                () -> endOwnThreads(threads));
    }

    /** Only those this exchanger started: the application's executor is the application's. */
    private void endOwnThreads(Executor threads) {
        if (executor == null && threads instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    private DatabricksTokenExchangerBuilder tokenEndpoint(URI uri) {
        if (tokenEndpoint != null) {
            throw new IllegalStateException(
                    "workspace or account is set already; one exchanger speaks to one of them, create another");
        }
        this.tokenEndpoint = uri;
        return this;
    }
}
