// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JWSAlgorithm;
import io.tokenfederation.CallerRules.Expected;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link CallerVerifier}. Not thread-safe. */
public final class CallerVerifierBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private @Nullable String issuer;
    private final Set<String> audiences = new LinkedHashSet<>();
    private final Set<String> trusted = new LinkedHashSet<>();
    private final Set<String> parties = new LinkedHashSet<>();
    private Expected expected = Expected.EITHER;
    private Set<JWSAlgorithm> algorithms = IssuerKeys.ALGORITHMS;
    private Duration requestTimeout = Duration.ofSeconds(5);
    private @Nullable HttpClient httpClient;
    private @Nullable SignatureCheck signatures;
    String emailClaim = "email";
    String companyClaim = "company";
    int keptVerified;
    InstantSource clock = Clock.systemUTC();

    CallerVerifierBuilder() {}

    /**
     * Who issues the callers' tokens: what {@code iss} must be, character for character. Required.
     *
     * @param issuer an https URL, with or without a slash at the end as the issuer writes it
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL
     */
    public CallerVerifierBuilder issuer(String issuer) {
        URI uri = HttpTransport.parse(requireNonNull(issuer, "issuer"), "the issuer");
        HttpTransport.requireSecure(uri, "the issuer");
        this.issuer = issuer;
        return this;
    }

    /**
     * Whom the tokens must be meant for: one value of {@code aud}. Call it again for each further one that is as good.
     * Required.
     *
     * @param audience the identifier of this backend's API; for ID tokens, the client id of the browser application
     * @return this builder
     */
    public CallerVerifierBuilder audience(String audience) {
        audiences.add(named(audience, "audience"));
        return this;
    }

    /**
     * Takes ID tokens only; the audience is the client id of the application people log in to. What an ID token must be
     * is checked also where the issuer does not mark it as one. Default: the audience decides.
     *
     * @return this builder
     * @throws IllegalStateException if access tokens were asked for: build a verifier for each
     */
    public CallerVerifierBuilder idTokens() {
        return expect(Expected.ID_TOKENS);
    }

    /**
     * Takes access tokens only, and refuses what is known to be an ID token. Many issuers mark neither, so the audience
     * must be the identifier of this backend's API, which no ID token names. Default: the audience decides.
     *
     * @return this builder
     * @throws IllegalStateException if another kind was asked for: build a verifier for each
     */
    public CallerVerifierBuilder accessTokens() {
        return expect(Expected.ACCESS_TOKENS);
    }

    /**
     * Takes access tokens only, and only those that say so by {@code typ: at+jwt} (RFC 9068 §4). Choose it where the
     * issuer marks them, such as with Auth0's RFC 9068 token profile. Default: the audience decides.
     *
     * @return this builder
     * @throws IllegalStateException if another kind was asked for: build a verifier for each
     */
    public CallerVerifierBuilder typedAccessTokens() {
        return expect(Expected.TYPED_ACCESS_TOKENS);
    }

    /**
     * Whom an ID token may be meant for besides {@link #audience(String)}. Call it again for each further one. Default:
     * nobody.
     *
     * @param audience a value of {@code aud} that is trusted, but not this application
     * @return this builder
     */
    public CallerVerifierBuilder trustedAudience(String audience) {
        trusted.add(named(audience, "audience"));
        return this;
    }

    /**
     * Takes only tokens that were issued to this client: {@code azp}, or where that is missing {@code client_id},
     * {@code cid} or {@code appid}. Call it again for each further client. Default: an access token's client is not
     * looked at; an ID token's {@code azp}, if it has one, must be one of the audiences.
     *
     * @param clientId the client id of the application that asks for the tokens, such as the browser application's
     * @return this builder
     */
    public CallerVerifierBuilder authorizedParty(String clientId) {
        parties.add(named(clientId, "clientId"));
        return this;
    }

    /**
     * The algorithms a token may be signed with. Default: RS, PS and ES, each with 256, 384 and 512.
     *
     * @param names some of those, such as {@code RS256}; {@code none} and shared secrets (HS) cannot be allowed
     * @return this builder
     * @throws IllegalArgumentException if there is none, or one is not among those
     */
    public CallerVerifierBuilder algorithms(String... names) {
        Set<JWSAlgorithm> chosen = new LinkedHashSet<>();
        for (String name : names) {
            JWSAlgorithm algorithm = new JWSAlgorithm(requireNonNull(name, "name"));
            if (!IssuerKeys.ALGORITHMS.contains(algorithm)) {
                throw new IllegalArgumentException(
                        "the algorithm '" + name + "' is not one of RS, PS or ES with 256, 384 or 512");
            }
            chosen.add(algorithm);
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("name at least one algorithm");
        }
        this.algorithms = Set.copyOf(chosen);
        return this;
    }

    /**
     * The claim that holds the person's e-mail address. Default: {@code email}.
     *
     * @param name its literal name, such as {@code https://example.com/email}
     * @return this builder
     */
    public CallerVerifierBuilder emailClaim(String name) {
        this.emailClaim = named(name, "name");
        return this;
    }

    /**
     * The claim that holds the company the person works for. Default: {@code company}.
     *
     * @param name its literal name, such as {@code https://example.com/company}
     * @return this builder
     */
    public CallerVerifierBuilder companyClaim(String name) {
        this.companyClaim = named(name, "name");
        return this;
    }

    /**
     * Remembers tokens that were verified, so that the signature of one that comes with every request is checked once in
     * five minutes. A token is remembered by its SHA-256, to its end at most. Default: none is remembered, since checking
     * a signature takes a fraction of a millisecond, and what people's tokens say then stays nowhere in memory.
     *
     * @param most how many, 1 to a million; the least recently used is forgotten first
     * @return this builder
     */
    public CallerVerifierBuilder keepVerified(int most) {
        if (most < 1 || most > 1_000_000) {
            throw new IllegalArgumentException("keepVerified must be 1 to 1000000, not " + most);
        }
        this.keptVerified = most;
        return this;
    }

    /**
     * How long one request for keys may take. Default: 5 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public CallerVerifierBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
        return this;
    }

    /**
     * The client that fetches the keys: your proxy, trust store and executor. Default: a client of its own, with a
     * connect timeout of 5 seconds.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public CallerVerifierBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    CallerVerifierBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    CallerVerifierBuilder signatures(SignatureCheck signatures) {
        this.signatures = signatures;
        return this;
    }

    /**
     * Builds the verifier. Nothing is fetched yet.
     *
     * @return the verifier
     * @throws IllegalStateException if a required setting is missing
     */
    public CallerVerifier build() {
        if (issuer == null) {
            throw new IllegalStateException("set issuer(url): who issues the callers' tokens");
        }
        if (audiences.isEmpty()) {
            throw new IllegalStateException("set audience(name): whom the callers' tokens are meant for");
        }
        CallerRules rules = new CallerRules(expected, Set.copyOf(audiences), Set.copyOf(trusted), Set.copyOf(parties));
        return new CallerVerifier(this, issuer, rules);
    }

    SignatureCheck signatures(String issuer) {
        if (signatures != null) {
            return signatures;
        }
        HttpTransport transport = httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                : HttpTransport.over(httpClient, requestTimeout);
        IssuerDocuments documents = new IssuerDocuments(transport, issuer);
        return new IssuerKeys(issuer, algorithms, new KeptKeys(documents::keys, clock, background()));
    }

    static ExecutorService background() {
        return Attempts.threads(1);
    }

    private CallerVerifierBuilder expect(Expected kind) {
        if (expected != Expected.EITHER && expected != kind) {
            throw new IllegalStateException("one verifier takes one kind of token: build another for the other kind");
        }
        this.expected = kind;
        return this;
    }

    private static String named(String value, String what) {
        if (requireNonNull(value, what).isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
        return value;
    }
}
