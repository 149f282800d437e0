// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link SharingClient}. Not thread-safe. */
public final class SharingClientBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private @Nullable SharingProfile profile;
    private @Nullable URI endpoint;
    private @Nullable DatabricksTokenSource tokens;
    private List<ResponseFormat> formats = List.of(ResponseFormat.PARQUET);
    private Set<String> readerFeatures = Set.of();
    private @Nullable Integer pageSize;
    private Duration requestTimeout = Duration.ofMinutes(2);
    private @Nullable HttpClient httpClient;

    SharingClientBuilder() {}

    /**
     * Takes from a profile what is not set otherwise: the endpoint, and the tokens of {@link RecipientTokens#of}. Default:
     * none.
     *
     * @param profile the profile
     * @return this builder
     */
    public SharingClientBuilder profile(SharingProfile profile) {
        this.profile = requireNonNull(profile, "profile");
        return this;
    }

    /**
     * The sharing server's address. Required, or a profile.
     *
     * @param endpoint an https URL, as the profile names it
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL, or has a query or fragment
     */
    public SharingClientBuilder endpoint(URI endpoint) {
        HttpTransport.requireSecure(requireNonNull(endpoint, "endpoint"), "the endpoint");
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("the endpoint has a query or fragment");
        }
        this.endpoint = URI.create(endpoint.toString().replaceFirst("/+$", ""));
        return this;
    }

    /**
     * Whom the client is. Required, or {@link #idpTokenSource}, or a profile.
     *
     * @param tokens gives the bearer token of each request
     * @return this builder
     */
    public SharingClientBuilder tokens(DatabricksTokenSource tokens) {
        this.tokens = requireNonNull(tokens, "tokens");
        return this;
    }

    /**
     * Whom the client is, by the JWTs of an identity provider: they are sent as they are, kept and renewed. Required, or
     * {@link #tokens}, or a profile.
     *
     * @param source where the JWTs come from, such as Entra ID's or Okta's token source
     * @return this builder
     */
    public SharingClientBuilder idpTokenSource(IdpTokenSource source) {
        return tokens(DatabricksTokenSource.direct(source));
    }

    /**
     * The forms in which files may be described, the preferred one first. Default: {@link ResponseFormat#PARQUET} alone, so
     * that the server refuses a table whose files mean something else than they hold.
     *
     * @param formats one or both
     * @return this builder
     * @throws IllegalArgumentException if there is none, or one is there twice
     */
    public SharingClientBuilder responseFormats(ResponseFormat... formats) {
        List<ResponseFormat> given = List.of(formats);
        if (given.isEmpty() || EnumSet.copyOf(given).size() != given.size()) {
            throw new IllegalArgumentException("responseFormats takes PARQUET, DELTA, or both in the preferred order");
        }
        this.formats = given;
        return this;
    }

    /**
     * What the application's reader of {@link ResponseFormat#DELTA} can do. Default: nothing.
     *
     * @param features names of the Delta protocol's reader features, such as {@code deletionvectors}
     * @return this builder
     * @throws IllegalArgumentException if one is no such name
     */
    public SharingClientBuilder readerFeatures(String... features) {
        for (String feature : features) {
            if (!feature.matches("[A-Za-z0-9_\\-]+")) {
                throw new IllegalArgumentException("a reader feature is one word, such as deletionvectors");
            }
        }
        this.readerFeatures = Set.of(features);
        return this;
    }

    /**
     * How many shares, schemas or tables to ask for at once. Default: as many as the server likes.
     *
     * @param most more than zero
     * @return this builder
     */
    public SharingClientBuilder pageSize(int most) {
        if (most <= 0) {
            throw new IllegalArgumentException("pageSize must be more than zero; it is " + most);
        }
        this.pageSize = most;
        return this;
    }

    /**
     * How long a call may take until its answer begins, with all its repetitions, and then how long to wait for each next
     * line or part of a file. What the application does in between does not count. Default: 2 minutes.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public SharingClientBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
        return this;
    }

    /**
     * The client that talks to the sharing server and to the storage: your proxy, trust store and executor. Default: a client
     * that is shared, with a connect timeout of 10 seconds.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public SharingClientBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    /**
     * Builds the client. Nothing is sent yet.
     *
     * @return the client
     * @throws IllegalStateException if a required setting is missing
     * @throws IllegalArgumentException if the HTTP client follows redirects or keeps cookies
     * @throws SharingException if the profile's tokens are taken, and it lacks what they need
     */
    public SharingClient build() {
        URI server = endpoint != null || profile == null ? endpoint : profile.endpoint();
        if (server == null) {
            throw new IllegalStateException("set profile(profile), or endpoint(uri): the sharing server's address");
        }
        HttpTransport transport = httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                : HttpTransport.over(httpClient, requestTimeout);
        SharingCalls calls = new SharingCalls(
                server, recipient(), transport, requestTimeout, new Capabilities(formats, readerFeatures));
        boolean here = "http".equalsIgnoreCase(server.getScheme());
        return new SharingClient(calls, Optional.ofNullable(pageSize), new FileFetch(transport, requestTimeout, here));
    }

    private DatabricksTokenSource recipient() {
        if (tokens != null) {
            return tokens;
        }
        if (profile == null) {
            throw new IllegalStateException(
                    "set profile(profile), tokens(source) or idpTokenSource(source): whom the client is");
        }
        return RecipientTokens.of(profile);
    }
}
