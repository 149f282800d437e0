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
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link RecipientLogin}. Not thread-safe. */
public final class RecipientLoginBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Half of what a renewal may take: the answer should come before it is given up. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private static final Set<String> OWN = Set.of(
            "response_type",
            "response_mode",
            "client_id",
            "client_secret",
            "redirect_uri",
            "scope",
            "state",
            "code_challenge",
            "code_challenge_method",
            "request",
            "request_uri");

    private @Nullable URI recipient;
    private @Nullable String issuer;
    private @Nullable String clientId;
    private List<String> scopes = List.of();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private URI redirect = URI.create("http://127.0.0.1/");
    private @Nullable LoginBrowser browser;
    private Duration timeout = Duration.ofMinutes(5);
    private @Nullable HttpClient httpClient;
    private InstantSource clock = InstantSource.system();
    private Function<IdpTokenSource, DatabricksTokenSource> keeping = DatabricksTokenSource::direct;

    RecipientLoginBuilder() {}

    /**
     * The recipient's endpoint, as the OIDC profile web portal shows it. Required.
     *
     * @param endpoint such as {@code https://HOST/api/2.0/delta-sharing/metastores/…/recipients/…}; what comes of
     *     {@code /oidc/.well-known/openid-configuration} below it says where people log in
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL, or has a query
     */
    public RecipientLoginBuilder recipient(URI endpoint) {
        HttpTransport.requireSecure(requireNonNull(endpoint, "endpoint"), "the recipient's endpoint");
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("the recipient's endpoint must not have a query or fragment");
        }
        String text = endpoint.toString();
        this.recipient = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : endpoint;
        return this;
    }

    /**
     * The identity provider's issuer, for those who know it: the recipient's document must name it, and the addresses are
     * then those of the issuer's own discovery document. Needed where the login page and the token endpoint are on two
     * hosts. Default: whatever the recipient's document says, if both are on one host.
     *
     * @param issuer an https URL, character for character as the issuer writes it
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL
     */
    public RecipientLoginBuilder issuer(String issuer) {
        HttpTransport.requireSecure(HttpTransport.parse(requireNonNull(issuer, "issuer"), "the issuer"), "the issuer");
        this.issuer = issuer;
        return this;
    }

    /**
     * The application's id at the identity provider, registered as a public client (native, desktop). Required.
     *
     * @param clientId the id
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public RecipientLoginBuilder clientId(String clientId) {
        this.clientId = named(clientId, "clientId");
        return this;
    }

    /**
     * What the login asks for, and nothing else: the scope whose token the recipient's policy takes, and mostly
     * {@code offline_access}, without which the person has to log in again when the first JWT ends. Required.
     *
     * @param scopes at least one, such as {@code 64978f70-f6a6-4204-a29e-87d74bfea138/Read} for the application that
     *     Databricks registered at Entra ID
     * @return this builder
     * @throws IllegalArgumentException if there is none, or one is blank or holds a space
     */
    public RecipientLoginBuilder scopes(String... scopes) {
        List<String> named = List.of(scopes);
        if (named.isEmpty() || named.stream().anyMatch(scope -> scope.isBlank() || scope.contains(" "))) {
            throw new IllegalArgumentException("name at least one scope, each without spaces");
        }
        this.scopes = named;
        return this;
    }

    /**
     * One more parameter of the login page's address, such as {@code audience} for Auth0, {@code login_hint} or
     * {@code prompt}. Call it again for each further one. Default: none.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if it is one that the protocol or another setting sets
     */
    public RecipientLoginBuilder parameter(String name, String value) {
        if (OWN.contains(named(name, "name"))) {
            throw new IllegalArgumentException("'" + name + "' is not a parameter to set");
        }
        parameters.put(name, requireNonNull(value, "value"));
        return this;
    }

    /**
     * Where the browser comes back to on this machine: what is registered at the identity provider, character for
     * character, but for the port. Without a port, a free one is taken, which most providers allow for 127.0.0.1 (RFC 8252
     * §7.3) and Entra ID for {@code http://localhost}. Default: {@code http://127.0.0.1/}.
     *
     * @param redirect such as {@code http://127.0.0.1/callback} or {@code http://localhost:8080}
     * @return this builder
     * @throws IllegalArgumentException if it is not http to this machine, or has a user, query or fragment
     */
    public RecipientLoginBuilder redirect(URI redirect) {
        this.redirect = CallbackServer.requireRedirect(requireNonNull(redirect, "redirect"));
        return this;
    }

    /**
     * What opens the login page. Required.
     *
     * @param browser such as {@code address -> Desktop.getDesktop().browse(address)}
     * @return this builder
     */
    public RecipientLoginBuilder browser(LoginBrowser browser) {
        this.browser = requireNonNull(browser, "browser");
        return this;
    }

    /**
     * How long the person may take, from the moment the browser is opened. Default: 5 minutes.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     * @throws IllegalArgumentException if it is out of that range
     */
    public RecipientLoginBuilder timeout(Duration timeout) {
        this.timeout = Timeouts.require(timeout, "timeout");
        return this;
    }

    /**
     * The client that asks the identity provider: your proxy and trust store. Default: one of its own, with a connect
     * timeout of 5 seconds. A request may take 10 seconds with either.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public RecipientLoginBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    RecipientLoginBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    RecipientLoginBuilder keeping(Function<IdpTokenSource, DatabricksTokenSource> keeping) {
        this.keeping = keeping;
        return this;
    }

    /**
     * Builds it. Nothing is asked and no browser opened yet.
     *
     * @return the login
     * @throws IllegalStateException if a required setting is missing
     * @throws IllegalArgumentException if the HttpClient follows redirects or keeps cookies
     */
    public RecipientLogin build() {
        HttpTransport transport = httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, REQUEST_TIMEOUT)
                : HttpTransport.over(httpClient, REQUEST_TIMEOUT);
        URI endpoint = required(recipient, "recipient(uri): the endpoint from the OIDC profile web portal");
        LoginClient client = new LoginClient(
                required(clientId, "clientId(id): the application's id at the identity provider"),
                required(scopes.isEmpty() ? null : String.join(" ", scopes), "scopes(...): what the login asks for"),
                parameters);
        LoginSettings settings = new LoginSettings(
                new LoginDiscovery(transport, endpoint, issuer),
                transport,
                client,
                redirect,
                required(browser, "browser(opener): what shows the login page to the person"),
                timeout,
                clock);
        return new RecipientLogin(settings, keeping);
    }

    private static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("set " + what);
        }
        return value;
    }

    private static String named(String value, String what) {
        if (requireNonNull(value, what).isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
        return value;
    }
}
