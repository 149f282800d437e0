// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JWTs of an Azure Pipelines job.
 *
 * <pre>{@code
 * IdpTokenSource idp = AzureDevOpsTokenSource.builder().build();
 * }</pre>
 *
 * <p>The step needs {@code env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)}. The JWT has {@code iss} =
 * {@code https://vstoken.dev.azure.com/<organization's id>}, {@code aud} = {@code api://AzureADTokenExchange}, always, and
 * {@code sub} = {@code p://<organization>/<project>/<pipeline>}; with a service connection it is
 * {@code sc://<organization>/<project>/<connection>}. It lives about ten minutes.
 *
 * <p>Immutable and thread-safe; caches nothing. Does not verify the JWT's signature.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create">Azure DevOps: create an
 *     OIDC token</a>
 */
public final class AzureDevOpsTokenSource implements IdpTokenSource {
    static final String TOKEN = "SYSTEM_ACCESSTOKEN";
    static final String URL = "SYSTEM_OIDCREQUESTURI";
    static final String COLLECTION = "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI";
    private static final String PROJECT = "SYSTEM_TEAMPROJECTID";
    private static final String HUB = "SYSTEM_HOSTTYPE";
    private static final String PLAN = "SYSTEM_PLANID";
    private static final String JOB = "SYSTEM_JOBID";
    private static final String TITLE = "Azure DevOps";
    private static final String VERSION = "7.1-preview.1";

    private final Variables environment;
    private final @Nullable String serviceConnectionId;
    private final HttpTransport transport;

    private AzureDevOpsTokenSource(Builder settings) {
        this.environment = new Variables(settings.environment);
        this.serviceConnectionId = settings.serviceConnectionId;
        this.transport = JobRequest.transport(settings.httpClient, settings.requestTimeout);
    }

    /** {@return a builder; nothing is required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks Azure DevOps for a new JWT for this job.
     *
     * @return a JWT issued just now
     * @throws IdpTokenException with a code that starts with {@code AZURE_DEVOPS_} if the job is not set up for it;
     *     retryable if Azure DevOps cannot be reached, limits or fails
     */
    @Override
    public IdpToken mint() {
        URI uri = address();
        String bearer = environment
                .find(TOKEN)
                .orElseThrow(() -> WorkloadErrorCode.AZURE_DEVOPS_TOKEN_NOT_MAPPED.exception(
                        "the variable " + TOKEN + " is not set in this step"));
        HttpRequest request = request(uri, bearer);
        RuntimeService service = RuntimeService.at(TITLE, uri.getAuthority());
        HttpReply reply = service.send(() -> transport.send(request, RuntimeService.LIMIT), Set.of(bearer));
        requireToken(service, reply, bearer);
        return expected(IdpToken.parse(service.member(reply, "oidcToken")));
    }

    /** Who is not known is sent to the sign-in page: a redirect, or the page itself with 200 or 203. */
    private static void requireToken(RuntimeService service, HttpReply reply, String bearer) {
        int status = reply.status();
        boolean page = reply.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .isPresent();
        if (status == 401 || (status >= 300 && status < 400) || (status < 300 && page)) {
            throw new IdpTokenException(WorkloadErrorCode.AZURE_DEVOPS_TOKEN_REJECTED
                    .problem(TITLE + " answered " + status + (page ? " with its sign-in page" : "")
                            + " to the access token in " + TOKEN)
                    .httpStatus(status));
        }
        if (status < 200 || status > 299) {
            throw new IdpTokenException(service.refused(
                    WorkloadErrorCode.AZURE_DEVOPS_REFUSED.problem(TITLE + " answered " + status),
                    reply,
                    Set.of(bearer)));
        }
    }

    private IdpToken expected(IdpToken token) {
        if (serviceConnectionId != null && !token.subject().startsWith("sc://")) {
            throw WorkloadErrorCode.AZURE_DEVOPS_SUBJECT_UNEXPECTED.exception("a token of service connection '"
                    + serviceConnectionId + "' was asked for; its sub is '" + SafeText.of(token.subject())
                    + "', not sc://…");
        }
        return token;
    }

    private static HttpRequest request(URI uri, String bearer) {
        try {
            String sendable = JobRequest.bearer(bearer, TOKEN, WorkloadErrorCode.AZURE_DEVOPS_TOKEN_INVALID);
            return JobRequest.to(uri, sendable)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.noBody())
                    .build();
        } catch (IllegalArgumentException e) {
            throw WorkloadErrorCode.AZURE_DEVOPS_URL_INVALID.exception(String.valueOf(e.getMessage()));
        }
    }

    private URI address() {
        String base = environment.find(URL).orElseGet(this::builtFromParts);
        try {
            URI uri = HttpTransport.requireSecure(HttpTransport.parse(base, "the address of its OIDC tokens"), URL);
            URI versioned = JobRequest.with(uri, "api-version", VERSION);
            return serviceConnectionId == null
                    ? versioned
                    : JobRequest.with(versioned, "serviceConnectionId", serviceConnectionId);
        } catch (IllegalArgumentException e) {
            throw WorkloadErrorCode.AZURE_DEVOPS_URL_INVALID.exception(String.valueOf(e.getMessage()));
        }
    }

    /** What agents put into {@code SYSTEM_OIDCREQUESTURI}, for those that do not set it. */
    private String builtFromParts() {
        List<String> missing = List.of(COLLECTION, PROJECT, HUB, PLAN, JOB).stream()
                .filter(name -> !environment.has(name))
                .toList();
        if (!missing.isEmpty()) {
            throw WorkloadErrorCode.AZURE_DEVOPS_VARIABLES_MISSING.exception("neither " + URL + " nor "
                    + missing.stream().collect(Collectors.joining(", ")) + (missing.size() == 1 ? " is" : " are")
                    + " set");
        }
        String collection = environment.find(COLLECTION).orElseThrow();
        return (collection.endsWith("/") ? collection : collection + "/") + part(PROJECT)
                + "/_apis/distributedtask/hubs/" + part(HUB) + "/plans/" + part(PLAN) + "/jobs/" + part(JOB)
                + "/oidctoken";
    }

    private String part(String name) {
        return JobRequest.encoded(environment.find(name).orElseThrow());
    }

    /** {@return the service connection's id, where one is named; no variable's value} */
    @Override
    public String toString() {
        return "AzureDevOpsTokenSource["
                + (serviceConnectionId == null ? "pipeline" : "service connection " + serviceConnectionId) + "]";
    }

    /** Sets up an {@link AzureDevOpsTokenSource}. Not thread-safe. */
    public static final class Builder {
        private Map<String, String> environment = System.getenv();
        private @Nullable String serviceConnectionId;
        private Duration requestTimeout = Duration.ofSeconds(10);
        private @Nullable HttpClient httpClient;

        private Builder() {}

        /**
         * The service connection to speak for; the token's {@code sub} is then {@code sc://…}. Default: none, and
         * {@code sub} is {@code p://…}.
         *
         * @param id the connection's id, a GUID; the last part of its page's address
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder serviceConnectionId(String id) {
            this.serviceConnectionId = Given.text(id, "serviceConnectionId");
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
        public AzureDevOpsTokenSource build() {
            return new AzureDevOpsTokenSource(this);
        }
    }
}
