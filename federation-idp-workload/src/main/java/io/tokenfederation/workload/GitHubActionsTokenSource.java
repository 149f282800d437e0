// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JWTs of a GitHub Actions job, on github.com, a ghe.com subdomain or GitHub Enterprise Server.
 *
 * <pre>{@code
 * IdpTokenSource idp = GitHubActionsTokenSource.builder().audience("https://github.com/my-org").build();
 * }</pre>
 *
 * <p>The job needs {@code permissions: id-token: write}. The JWT lives about five minutes and so does the Databricks
 * token; each call asks for a new one, so long jobs go on. {@code sub} depends on branch, environment and event: copy it
 * from a real token.
 *
 * <p>Immutable and thread-safe; caches nothing. Does not verify the JWT's signature.
 *
 * @see <a href="https://docs.github.com/actions/reference/security/oidc">GitHub: OpenID Connect reference</a>
 */
public final class GitHubActionsTokenSource implements IdpTokenSource {
    static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final String TITLE = "GitHub's token service";
    private static final String ELSEWHERE =
            "This is no GitHub job: use the source of the place it runs in; a container that a GitHub job starts must be"
                    + " handed GITHUB_ACTIONS and the ACTIONS_ID_TOKEN_REQUEST_ variables.";

    private final Variables environment;
    private final @Nullable String audience;
    private final HttpTransport transport;

    private GitHubActionsTokenSource(Builder settings) {
        this.environment = new Variables(settings.environment);
        this.audience = settings.audience;
        this.transport = JobRequest.transport(settings.httpClient, settings.requestTimeout);
    }

    /** {@return a builder; nothing is required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks GitHub for a new JWT for this job.
     *
     * @return a JWT issued just now
     * @throws IdpTokenException {@code GITHUB_ID_TOKEN_UNAVAILABLE} if the job may not have one or this is none,
     *     {@code GITHUB_REFUSED} if GitHub refuses; retryable if GitHub cannot be reached, limits or fails
     */
    @Override
    public IdpToken mint() {
        String url = variable(URL);
        String bearer = variable(TOKEN);
        HttpRequest request = request(url, bearer);
        RuntimeService service = RuntimeService.at(TITLE, request.uri().getAuthority());
        HttpReply reply = service.send(() -> transport.send(request, RuntimeService.LIMIT), Set.of(bearer));
        if (reply.status() != 200) {
            throw new IdpTokenException(service.refused(
                    WorkloadErrorCode.GITHUB_REFUSED.problem(TITLE + " answered " + reply.status()),
                    reply,
                    Set.of(bearer)));
        }
        return IdpToken.parse(service.member(reply, "value"));
    }

    private String variable(String name) {
        return environment.find(name).orElseThrow(() -> unavailable("the variable " + name + " is not set"));
    }

    private IdpTokenException unavailable(String what) {
        if (environment.has("GITHUB_ACTIONS")) {
            return WorkloadErrorCode.GITHUB_ID_TOKEN_UNAVAILABLE.exception(what);
        }
        return new IdpTokenException(WorkloadErrorCode.GITHUB_ID_TOKEN_UNAVAILABLE
                .problem(what + ", nor is GITHUB_ACTIONS: this is no GitHub job")
                .fix(ELSEWHERE));
    }

    private HttpRequest request(String url, String bearer) {
        try {
            URI given = HttpTransport.requireSecure(HttpTransport.parse(url, URL), URL);
            String sendable = JobRequest.bearer(bearer, TOKEN, WorkloadErrorCode.GITHUB_REQUEST_TOKEN_INVALID);
            return JobRequest.to(withAudience(given), sendable).build();
        } catch (IllegalArgumentException e) {
            throw WorkloadErrorCode.GITHUB_REQUEST_URL_INVALID.exception(String.valueOf(e.getMessage()));
        }
    }

    /** The URL comes with a query. An audience is a URL itself, so it is encoded. */
    private URI withAudience(URI url) {
        return audience == null ? url : JobRequest.with(url, "audience", audience);
    }

    /** {@return the audience; no variable's value} */
    @Override
    public String toString() {
        return "GitHubActionsTokenSource[audience="
                + Optional.ofNullable(audience).orElse("GitHub's default") + "]";
    }

    /** Sets up a {@link GitHubActionsTokenSource}. Not thread-safe. */
    public static final class Builder {
        private Map<String, String> environment = System.getenv();
        private @Nullable String audience;
        private Duration requestTimeout = Duration.ofSeconds(10);
        private @Nullable HttpClient httpClient;

        private Builder() {}

        /**
         * The audience to ask for; the federation policy's. Default: none is asked for, and GitHub issues
         * {@code https://github.com/<owner>}.
         *
         * @param audience any text, not blank
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder audience(String audience) {
            this.audience = Given.text(audience, "audience");
            return this;
        }

        /**
         * The environment variables. Default: those of this process.
         *
         * @param environment names and values; copied
         * @return this builder
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = Map.copyOf(requireNonNull(environment, "environment"));
            return this;
        }

        /**
         * How long a request may take, its reply's body included. Default: 10 seconds.
         *
         * @param timeout longer than zero, at most a day
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Timeouts.require(requireNonNull(timeout, "timeout"), "requestTimeout");
            return this;
        }

        /**
         * The client that asks: your proxy, trust store and executor. Default: a client of the library's own, with a
         * connect timeout of 5 seconds.
         *
         * @param client must neither follow redirects nor keep cookies
         * @return this builder
         */
        public Builder httpClient(HttpClient client) {
            this.httpClient = requireNonNull(client, "client");
            return this;
        }

        /**
         * Builds the source. Nothing is read or sent yet.
         *
         * @return the source
         * @throws IllegalArgumentException if the client follows redirects or keeps cookies
         */
        public GitHubActionsTokenSource build() {
            return new GitHubActionsTokenSource(this);
        }
    }
}
