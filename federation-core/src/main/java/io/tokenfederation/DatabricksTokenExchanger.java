// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the application's own JWT for short-lived Databricks tokens, one per service principal, and keeps them: the
 * facade of this library.
 *
 * <pre>{@code
 * DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
 *     .workspace("https://adb-1234567890123456.7.azuredatabricks.net")
 *     .idpTokenSource(idp)
 *     .build();
 * String bearer = databricks.tokenFor(servicePrincipal).value();
 * }</pre>
 *
 * <p>As algebra: {@code Cache(Exchange(Cache(IdpTokenSource)))}. However many callers ask at once, one JWT is fetched, and
 * one exchange is made per service principal. Each token is renewed before it ends, away from the callers' threads; if
 * that fails, the present token serves until 40 seconds before its end, and never after. A failure is shared by all who
 * waited for it and then answered at once until the next try is due.
 *
 * <p>Thread-safe. Create one per workspace and keep it; it needs no closing.
 *
 * @see <a href="https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange">Databricks: exchange a
 *     token</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693">RFC 8693</a>
 */
public final class DatabricksTokenExchanger {
    private final PrincipalTokens tokens;
    private final Duration waitTimeout;

    private DatabricksTokenExchanger(PrincipalTokens tokens, Duration waitTimeout) {
        this.tokens = tokens;
        this.waitTimeout = waitTimeout;
    }

    /** {@return a builder; workspace or account, and the IdP token source, are required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a token that acts as the service principal now.
     *
     * @param principal the service principal
     * @return its token, valid for at least 40 seconds
     * @throws IdpTokenException if the identity provider gives no JWT that can be exchanged
     * @throws TokenExchangeException if Databricks does not exchange it, or no token was there in time
     */
    public DatabricksToken tokenFor(ServicePrincipal principal) {
        return token(tokens.cellOf(requireNonNull(principal, "principal")));
    }

    /**
     * Returns the tokens of one service principal as a source, for whatever carries them: an MCP client, an SDK, your
     * own code. Asking it is faster than {@link #tokenFor}, as nothing is looked up.
     *
     * @param principal the service principal
     * @return its source, thread-safe, for as long as this exchanger lives
     */
    public DatabricksTokenSource sourceFor(ServicePrincipal principal) {
        TokenCell<DatabricksToken> cell = tokens.cellOf(requireNonNull(principal, "principal"));
        return new DatabricksTokenSource() {
            @Override
            public DatabricksToken token() {
                return DatabricksTokenExchanger.this.token(cell);
            }

            @Override
            public void rejected(DatabricksToken token) {
                cell.reject(requireNonNull(token, "token"));
            }
        };
    }

    /**
     * Says that a service refused a token, so that it is handed out no more. Only this very token is dropped, and at most
     * once in 30 seconds per service principal.
     *
     * @param token the token that was refused
     */
    public void rejected(DatabricksToken token) {
        tokens.reject(requireNonNull(token, "token"));
    }

    private DatabricksToken token(TokenCell<DatabricksToken> cell) {
        DatabricksToken token = cell.now();
        return token != null ? token : Waiting.forToken(cell.attempt(null), waitTimeout);
    }

    /** Sets up a {@link DatabricksTokenExchanger}. Not thread-safe. */
    public static final class Builder {
        private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

        private @Nullable URI tokenEndpoint;
        private @Nullable IdpTokenSource idpTokenSource;
        private Set<String> scopes = Set.of("all-apis");
        private Duration requestTimeout = Duration.ofSeconds(10);
        private Duration waitTimeout = Duration.ofSeconds(30);
        private @Nullable HttpClient httpClient;
        private @Nullable Executor executor;
        private Clocks clocks = Clocks.SYSTEM;

        private Builder() {}

        /**
         * The workspace whose token endpoint is asked. This or {@link #account} is required.
         *
         * @param url such as {@code https://adb-1234567890123456.7.azuredatabricks.net}
         * @return this builder
         * @throws IllegalArgumentException if it is no https URL of a host, with nothing after it
         */
        public Builder workspace(String url) {
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
        public Builder account(String url, String accountId) {
            return tokenEndpoint(DatabricksHost.of(url).accountTokenEndpoint(accountId));
        }

        /**
         * Where the application's JWTs come from. Required.
         *
         * @param source the source
         * @return this builder
         */
        public Builder idpTokenSource(IdpTokenSource source) {
            this.idpTokenSource = requireNonNull(source, "source");
            return this;
        }

        /**
         * What the tokens may be used for. Default: {@code all-apis}.
         *
         * @param scopes one or more scopes, such as {@code sql}
         * @return this builder
         * @throws IllegalArgumentException if there is none, or one is blank or holds a space
         */
        public Builder scopes(String... scopes) {
            if (scopes.length == 0 || Set.of(scopes).stream().anyMatch(s -> s.isBlank() || s.contains(" "))) {
                throw new IllegalArgumentException("scopes must be one or more words, such as scopes(\"all-apis\")");
            }
            this.scopes = Set.of(scopes);
            return this;
        }

        /**
         * How long one HTTP request may take, its reply's body included. An attempt to get a JWT or a token may take
         * twice that. Default: 10 seconds.
         *
         * @param timeout more than zero, at most a day
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
            return this;
        }

        /**
         * How long a caller waits at most while there is no usable token. Default: 30 seconds.
         *
         * @param timeout more than zero, at most a day
         * @return this builder
         */
        public Builder waitTimeout(Duration timeout) {
            this.waitTimeout = Timeouts.require(timeout, "waitTimeout");
            return this;
        }

        /**
         * The client that talks to Databricks: your proxy, trust store and executor. Default: a client of its own, with
         * a connect timeout of 5 seconds.
         *
         * @param client must not follow redirects
         * @return this builder
         * @throws IllegalArgumentException from {@link #build()} if it follows redirects
         */
        public Builder httpClient(HttpClient client) {
            this.httpClient = requireNonNull(client, "client");
            return this;
        }

        /**
         * Runs the attempts, which block. Default: at most eight daemon threads that end when idle.
         *
         * @param executor must outlive the exchanger
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        Builder clocks(Clocks clocks) {
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
            if (idpTokenSource == null) {
                throw new IllegalStateException("set idpTokenSource(source): where the application's JWTs come from");
            }
            return new DatabricksTokenExchanger(tokens(tokenEndpoint, idpTokenSource), waitTimeout);
        }

        private PrincipalTokens tokens(URI endpoint, IdpTokenSource source) {
            HttpTransport transport = httpClient == null
                    ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                    : HttpTransport.over(httpClient, requestTimeout);
            Attempts attempts = new Attempts(
                    executor == null ? Attempts.daemonThreads() : executor, requestTimeout.multipliedBy(2));
            RandomGenerator random = new Random();
            return new PrincipalTokens(
                    new SubjectTokens(source, attempts, clocks, random),
                    new TokenExchange(new TokenEndpoint(transport, endpoint, Side.DATABRICKS), scopes, clocks.wall()),
                    attempts,
                    clocks,
                    random);
        }

        private Builder tokenEndpoint(URI uri) {
            if (tokenEndpoint != null) {
                throw new IllegalStateException(
                        "workspace or account is set already; one exchanger speaks to one of them, create another");
            }
            this.tokenEndpoint = uri;
            return this;
        }
    }
}
