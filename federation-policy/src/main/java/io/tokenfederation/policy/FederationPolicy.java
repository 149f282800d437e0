// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private final String issuer;
    private final List<String> audiences;
    private final Optional<String> subject;
    private final String subjectClaim;
    private final Optional<URI> jwksUri;
    private final Optional<String> jwksJson;

    private FederationPolicy(String issuer, Builder builder) {
        this.issuer = issuer;
        this.audiences = List.copyOf(builder.audiences);
        this.subject = Optional.ofNullable(builder.subject);
        this.subjectClaim = builder.subjectClaim;
        this.jwksUri = Optional.ofNullable(builder.jwksUri);
        this.jwksJson = Optional.ofNullable(builder.jwksJson);
    }

    /** {@return a builder with nothing set but the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a policy as the REST API writes it: the object {@code oidc_policy}, alone or in its body. Members it does not
     * know are skipped. The values are taken as they are, so that a mistake that is stored shows in a comparison;
     * {@link PolicyOwner#require} checks them.
     *
     * @param json the body, such as {@code {"oidc_policy":{"issuer":"https://…"}}}
     * @return the policy
     * @throws IllegalArgumentException if it is not JSON of that form, or has no issuer
     */
    public static FederationPolicy fromJson(String json) {
        return PolicyJson.read(requireNonNull(json, "json"));
    }

    /**
     * The policy of a service principal that this token would match.
     *
     * @param token a token the identity provider really issued
     * @return a policy with the token's issuer, subject and first audience, its keys found by discovery. The audience is not
     *     {@code account} where there is another: Keycloak puts that into most tokens, whomever they are for
     * @throws IllegalArgumentException if the token's issuer is none that Databricks takes
     */
    public static FederationPolicy matching(IdpToken token) {
        return builder()
                .issuer(token.issuer())
                .audience(token.audiences().stream()
                        .filter(audience -> !audience.equals("account"))
                        .findFirst()
                        .orElse(token.audiences().get(0)))
                .subject(token.subject())
                .build();
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
     * Compares this policy with a token, character for character.
     *
     * @param token the token
     * @param accountId the Databricks account id, the only audience of a policy that lists none
     * @return where they differ, in the order issuer, audience, subject; empty if the token matches
     */
    public List<Difference> compare(IdpToken token, String accountId) {
        return compare(token.claims(), accountId);
    }

    /** {@return this policy as the body the REST API takes, indented: {@code {"oidc_policy":{"issuer":…}}}} */
    public String toJson() {
        return PolicyJson.write(this);
    }

    /** {@return a builder with everything set as it is here} */
    public Builder toBuilder() {
        Builder builder = new Builder();
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

    /** {@return issuer, audiences and subject} */
    @Override
    public String toString() {
        return "FederationPolicy[iss=" + issuer + ", aud=" + (audiences.isEmpty() ? "(account id)" : audiences) + ", "
                + subjectClaim + "=" + subject.orElse("(any)") + "]";
    }

    private List<Object> parts() {
        return List.of(issuer, audiences, subject, subjectClaim, jwksUri, jwksJson);
    }

    /** Builds a {@link FederationPolicy}. */
    public static final class Builder {
        /** Set past the checks below by {@link PolicyJson} alone, which reads what is stored. */
        @Nullable String issuer;

        final Set<String> audiences = new LinkedHashSet<>();

        @Nullable String subject;

        String subjectClaim = "sub";

        @Nullable URI jwksUri;

        @Nullable String jwksJson;

        private Builder() {}

        /**
         * Who issues the tokens, exactly as {@code iss} says it, with the slash at its end if there is one. Required.
         *
         * @param issuer an https URL; http for loopback only
         * @return this
         */
        public Builder issuer(String issuer) {
            this.issuer = PolicyRules.issuer(issuer);
            return this;
        }

        /**
         * Adds one audience that is accepted. Default: none, which means the account id.
         *
         * @param audience the audience, exactly as {@code aud} says it
         * @return this
         */
        public Builder audience(String audience) {
            audiences.add(PolicyRules.text(audience, "an audience"));
            return this;
        }

        /**
         * Whom the token must speak for. Default: none, which makes it a policy of the account.
         *
         * @param subject the subject, exactly as the subject claim says it
         * @return this
         */
        public Builder subject(String subject) {
            this.subject = PolicyRules.text(subject, "the subject");
            return this;
        }

        /**
         * The claim that holds the subject. Default: {@code sub}.
         *
         * @param subjectClaim the claim's literal name
         * @return this
         */
        public Builder subjectClaim(String subjectClaim) {
            this.subjectClaim = PolicyRules.text(subjectClaim, "the subject claim");
            return this;
        }

        /**
         * Where the issuer's keys are. Default: where its discovery document says.
         *
         * @param jwksUri an https URL; http for loopback only
         * @return this
         */
        public Builder jwksUri(URI jwksUri) {
            this.jwksUri = PolicyRules.address(jwksUri, "the jwksUri");
            return this;
        }

        /**
         * The issuer's public keys, for an issuer that Databricks cannot reach. Default: they are fetched.
         *
         * @param jwksJson a JSON Web Key Set of at most 5 public keys
         * @return this
         */
        public Builder jwksJson(String jwksJson) {
            this.jwksJson = PolicyRules.keySet(jwksJson);
            return this;
        }

        /**
         * Builds the policy.
         *
         * @return the policy
         * @throws IllegalStateException if the issuer is missing, or both jwksUri and jwksJson are set
         */
        public FederationPolicy build() {
            if (issuer == null) {
                throw new IllegalStateException("issuer is missing: set it to the token's iss");
            }
            if (jwksUri != null && jwksJson != null) {
                throw new IllegalStateException("jwksUri and jwksJson are both set: keep the one the keys come from");
            }
            return new FederationPolicy(issuer, this);
        }
    }
}
