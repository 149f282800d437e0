// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a profile of the type {@code oauth_client_credentials} what its file cannot say, or should not. Not thread-safe.
 *
 * <p>Whatever is set here is taken instead of what the profile says. A profile of another type takes only
 * {@link #requestTimeout} and {@link #httpClient}.
 */
public final class RecipientTokensBuilder {
    private final SharingProfile profile;

    Optional<String> clientId = Optional.empty();
    Optional<Supplier<String>> clientSecret = Optional.empty();
    Optional<ClientAssertion> clientAssertion = Optional.empty();
    Optional<List<String>> scopes = Optional.empty();
    final Map<String, String> parameters = new LinkedHashMap<>();
    boolean post;
    Optional<Duration> requestTimeout = Optional.empty();

    @Nullable HttpClient httpClient;

    private InstantSource clock = InstantSource.system();
    private final List<String> given = new ArrayList<>();

    RecipientTokensBuilder(SharingProfile profile) {
        this.profile = requireNonNull(profile, "profile");
    }

    /**
     * The application's client id. Default: the profile's.
     *
     * @param id the client id at the identity provider
     * @return this builder
     */
    public RecipientTokensBuilder clientId(String id) {
        given.add("clientId");
        this.clientId = Optional.of(id);
        return this;
    }

    /**
     * The application's secret, from where it is safer than in a file. Default: the profile's.
     *
     * @param secret asked before each request, from several threads at once
     * @return this builder
     */
    public RecipientTokensBuilder clientSecret(Supplier<String> secret) {
        given.add("clientSecret");
        this.clientSecret = Optional.of(secret);
        return this;
    }

    /**
     * Authenticates by a signed JWT instead of a secret: {@code private_key_jwt}, or another issuer's JWT (RFC 7523 §2.2).
     * Default: by the secret.
     *
     * @param assertion where the JWT of each request comes from
     * @return this builder
     */
    public RecipientTokensBuilder clientAssertion(ClientAssertion assertion) {
        given.add("clientAssertion");
        this.clientAssertion = Optional.of(assertion);
        return this;
    }

    /**
     * Sends id and secret in the form's body. Default: in an {@code Authorization: Basic} header, form-encoded (RFC 6749
     * §2.3.1).
     *
     * @return this builder
     */
    public RecipientTokensBuilder clientSecretPost() {
        given.add("clientSecretPost");
        this.post = true;
        return this;
    }

    /**
     * The audience to ask for, where the provider wants one, as Auth0 does. Default: none is sent.
     *
     * @param audience what the JWT's {@code aud} is to be; must be what the recipient's policy lists
     * @return this builder
     */
    public RecipientTokensBuilder audience(String audience) {
        return parameter("audience", audience);
    }

    /**
     * The resource to ask for (RFC 8707), where the provider takes one. Default: none is sent.
     *
     * @param resource what the JWT is for
     * @return this builder
     */
    public RecipientTokensBuilder resource(String resource) {
        return parameter("resource", resource);
    }

    /**
     * The scopes to ask for. Default: the profile's.
     *
     * @param scopes the scopes, without spaces in them
     * @return this builder
     */
    public RecipientTokensBuilder scopes(String... scopes) {
        given.add("scopes");
        this.scopes = Optional.of(List.of(scopes));
        return this;
    }

    /**
     * A further parameter of the request to the identity provider.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     */
    public RecipientTokensBuilder parameter(String name, String value) {
        given.add(name);
        parameters.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return this;
    }

    /**
     * How long a request to the identity provider may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public RecipientTokensBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Optional.of(timeout);
        return this;
    }

    /**
     * The client that talks to the identity provider: your proxy, trust store and executor. Default: a client that is shared.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public RecipientTokensBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    RecipientTokensBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Builds the tokens. Nothing is sent yet.
     *
     * @return the tokens, thread-safe, to be kept
     * @throws SharingException {@code SHARING_PROFILE_INVALID} if client id or secret are missing or have not been filled in
     * @throws IllegalStateException if something is set that a profile of this type has no use for
     */
    public DatabricksTokenSource build() {
        if (profile.credential() instanceof SharingCredential.BearerToken bearer) {
            requireNothingGiven();
            return RecipientTokens.standing(bearer, clock);
        }
        return DatabricksTokenSource.direct(buildIdpTokenSource());
    }

    /**
     * Builds what gets the JWTs, for whoever keeps them otherwise or wants to look at one.
     *
     * @return the source; each call of it asks the identity provider
     * @throws SharingException {@code SHARING_PROFILE_INVALID} if client id or secret are missing or have not been filled in
     * @throws IllegalStateException if the profile holds a bearer token, or something is set that has no use
     */
    public IdpTokenSource buildIdpTokenSource() {
        if (profile.credential() instanceof SharingCredential.ClientCredentials client) {
            return new IdpSources(this).clientCredentials(client);
        }
        if (profile.credential() instanceof SharingCredential.PrivateKeyJwt key) {
            requireNothingGiven();
            return new IdpSources(this).privateKey(key);
        }
        throw new IllegalStateException("the profile holds a bearer token; there is no identity provider to ask");
    }

    private void requireNothingGiven() {
        if (!given.isEmpty()) {
            throw new IllegalStateException(
                    "a profile of this type has no use for " + String.join(", ", given) + "; leave it out");
        }
    }
}
