// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.VisibleText;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say so that Databricks takes it for a service principal, or for a user of the account.
 *
 * <pre>{@code
 * FederationPolicy policy = FederationPolicy.builder()
 *         .issuer("https://dev-1.us.auth0.com/")
 *         .audience("https://adb-1.2.azuredatabricks.net")
 *         .subject("kD3…@clients")
 *         .build();
 * List<Difference> differences = policy.compare(token, accountId);
 * }</pre>
 *
 * <p>A policy with a subject is for one service principal; one without is for the whole account. Databricks compares
 * exactly, so guess nothing: {@link #matching(IdpToken)} makes the policy from a real token. It verifies no signature and
 * talks to nobody. Immutable.
 */
public final class FederationPolicy {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(15);

    private final String issuer;
    private final List<String> audiences;
    private final Optional<String> subject;
    private final String subjectClaim;
    private final Optional<URI> jwksUri;
    private final Optional<String> jwksJson;

    FederationPolicy(String issuer, FederationPolicyBuilder builder) {
        this.issuer = issuer;
        this.audiences = List.copyOf(builder.audiences);
        this.subject = Optional.ofNullable(builder.subject);
        this.subjectClaim = builder.subjectClaim;
        this.jwksUri = Optional.ofNullable(builder.jwksUri);
        this.jwksJson = Optional.ofNullable(builder.jwksJson);
    }

    /** {@return a builder with nothing set but the defaults} */
    public static FederationPolicyBuilder builder() {
        return new FederationPolicyBuilder();
    }

    /**
     * Reads a policy as the REST API writes it: the object {@code oidc_policy}, alone or in its body. Members it does not
     * know are skipped, unless they look like a misspelt one that it knows, such as {@code audience}. The values
     * are taken as they are, so that a mistake that is stored shows in a comparison;
     * {@link PolicyOwner#require} checks them.
     *
     * @param json the body, such as {@code {"oidc_policy":{"issuer":"https://…"}}}
     * @return the policy
     * @throws IllegalArgumentException if it is not JSON of that form and nothing else, has no issuer, has a member twice,
     *     or one that is misspelt
     */
    public static FederationPolicy fromJson(String json) {
        return PolicyJson.read(requireNonNull(json, "json"));
    }

    /**
     * The policy that this token would match, by the claim that tells its bearer apart from run to run: {@code sub}, or
     * CircleCI's project id and Bitbucket's repository, whose {@code sub} changes.
     *
     * @param token a token the identity provider really issued
     * @return a policy with the token's issuer, subject and first audience, its keys found by discovery. The audience is not
     *     {@code account} where there is another: Keycloak puts that into most tokens, whomever they are for
     * @throws IllegalArgumentException if the token's issuer is none that Databricks takes
     */
    public static FederationPolicy matching(IdpToken token) {
        return TokenPolicy.matching(token);
    }

    /**
     * The policy that this token would match by another claim, such as {@code oid} or {@code groups} of Entra ID.
     *
     * @param token a token the identity provider really issued
     * @param subjectClaim the claim that holds the subject
     * @return the policy, see {@link #matching(IdpToken)}
     * @throws IllegalArgumentException if the token's issuer is none that Databricks takes, or the claim is no string; of
     *     {@code groups}, if there is not exactly one
     */
    public static FederationPolicy matching(IdpToken token, String subjectClaim) {
        return TokenPolicy.matching(token, requireNonNull(subjectClaim, "subjectClaim"));
    }

    /** {@return this policy for all users of the account: the same without a subject} */
    public FederationPolicy forAccount() {
        FederationPolicyBuilder builder = toBuilder();
        builder.subject = null;
        return builder.build();
    }

    /**
     * Compares this policy with a token's claims, character for character.
     *
     * @param claims the token's claims: strings, and lists of strings
     * @param accountId the Databricks account id, the only audience of a policy that lists none
     * @return where they differ, in the order issuer, audience, subject; empty if the token matches
     */
    public List<Difference> compare(Map<String, ?> claims, String accountId) {
        return new Comparison(this, requireNonNull(claims, "claims"), requireNonNull(accountId, "accountId"))
                .differences();
    }

    /**
     * Compares this policy with a token: its claims, its algorithm, and the key's id with those of {@code jwks_json}. The
     * signature is checked by {@link #verify(IdpToken)}.
     *
     * @param token the token
     * @param accountId the Databricks account id, the only audience of a policy that lists none
     * @return where they differ, in the order issuer, audience, subject, algorithm, key; empty if the token matches
     */
    public List<Difference> compare(IdpToken token, String accountId) {
        return Stream.of(compare(token.claims(), accountId), new TokenComparison(this, token).signing())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Compares this policy with a token, and the token with the time.
     *
     * @param token the token
     * @param accountId the Databricks account id, the only audience of a policy that lists none
     * @param now the time; a beginning is taken for reached 30 seconds early, for clocks differ
     * @return where they differ, in the order issuer, audience, subject, algorithm, key, time; empty if the token matches
     */
    public List<Difference> compare(IdpToken token, String accountId, Instant now) {
        return Stream.of(compare(token, accountId), new TokenComparison(this, token).time(requireNonNull(now, "now")))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Checks that one of the issuer's keys signed the token, found as Databricks finds them: in {@code jwks_json}, at
     * {@code jwks_uri}, or by the issuer's discovery document. Blocks for 30 seconds at most. It says nothing about the
     * token's claims.
     *
     * @param token the token
     * @throws PolicyException if the keys could not be had, or none of them signed it; its code says which
     */
    public void verify(IdpToken token) {
        verify(token, HttpTransport.create(CONNECT, REQUEST));
    }

    /**
     * Checks the signature like {@link #verify(IdpToken)}, through the application's own client.
     *
     * @param token the token
     * @param client the client, for its proxy and trust store; must neither follow redirects nor keep cookies
     * @throws PolicyException if the keys could not be had, or none of them signed it; its code says which
     * @throws IllegalArgumentException if the client follows redirects or keeps cookies
     */
    public void verify(IdpToken token, HttpClient client) {
        verify(token, HttpTransport.over(client, REQUEST));
    }

    private void verify(IdpToken token, HttpTransport transport) {
        new TokenSignature(token).requireBy(new KeySource(this, transport));
    }

    /**
     * The command of the Databricks CLI that creates this policy, to paste into a POSIX shell. For a service principal that
     * is named by its application id it looks up the numeric id, which needs {@code jq}.
     *
     * @param owner whose policy it is to be
     * @return the command; its last argument spans several lines
     * @throws IllegalArgumentException if this cannot be a policy of that owner
     */
    public String toCli(PolicyOwner owner) {
        return PolicyCommand.of(owner.require(this), owner);
    }

    /**
     * The resource of the Databricks Terraform provider that creates this policy; the provider must be the account's.
     *
     * @param owner whose policy it is to be: a service principal or the account
     * @param name the resource's name, an identifier
     * @return the block in HCL
     * @throws IllegalArgumentException if this cannot be a policy of that owner, the name is no identifier, or the owner is a
     *     recipient, for which the provider has no resource
     */
    public String toTerraform(PolicyOwner owner, String name) {
        return PolicyBlock.of(owner.require(this), owner, name);
    }

    /** {@return this policy as the body the REST API takes, indented: {@code {"oidc_policy":{"issuer":…}}}} */
    public String toJson() {
        return PolicyJson.write(this);
    }

    /** {@return a builder with everything set as it is here} */
    public FederationPolicyBuilder toBuilder() {
        FederationPolicyBuilder builder = new FederationPolicyBuilder();
        builder.issuer = issuer;
        builder.audiences.addAll(audiences);
        builder.subject = subject.orElse(null);
        builder.subjectClaim = subjectClaim;
        builder.jwksUri = jwksUri.orElse(null);
        builder.jwksJson = jwksJson.orElse(null);
        return builder;
    }

    /** {@return what {@code iss} must be} */
    public String issuer() {
        return issuer;
    }

    /** {@return of which {@code aud} must name at least one; empty means the account id} */
    public List<String> audiences() {
        return audiences;
    }

    /** {@return what the subject claim must be; empty in an account policy} */
    public Optional<String> subject() {
        return subject;
    }

    /** {@return the claim that holds the subject} */
    public String subjectClaim() {
        return subjectClaim;
    }

    /** {@return where the issuer's keys are; empty if the issuer's discovery document says so} */
    public Optional<URI> jwksUri() {
        return jwksUri;
    }

    /** {@return the issuer's public keys themselves; empty if they are fetched} */
    public Optional<String> jwksJson() {
        return jwksJson;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FederationPolicy policy && parts().equals(policy.parts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(issuer, audiences, subject);
    }

    /** {@return issuer, audiences and subject in one line, with what cannot be seen escaped} */
    @Override
    public String toString() {
        return VisibleText.of("FederationPolicy[iss=" + issuer + ", aud="
                + (audiences.isEmpty() ? "(account id)" : audiences) + ", " + subjectClaim + "="
                + subject.orElse("(any)") + "]");
    }

    private List<Object> parts() {
        return List.of(issuer, audiences, subject, subjectClaim, jwksUri, jwksJson);
    }
}
