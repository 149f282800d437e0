// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link FederationPolicy}: {@link FederationPolicy#builder()}. Each value is checked when it is set, by what
 * Databricks documents. For one thread.
 */
public final class FederationPolicyBuilder {
    /** Set past the checks below by {@link PolicyJson} alone, which reads what is stored. */
    @Nullable String issuer;

    final Set<String> audiences = new LinkedHashSet<>();

    @Nullable String subject;

    String subjectClaim = "sub";

    @Nullable URI jwksUri;

    @Nullable String jwksJson;

    FederationPolicyBuilder() {}

    /**
     * Who issues the tokens, exactly as {@code iss} says it, with the slash at its end if there is one. Required.
     *
     * @param issuer an https URL; http for loopback only
     * @return this
     */
    public FederationPolicyBuilder issuer(String issuer) {
        this.issuer = PolicyRules.issuer(issuer);
        return this;
    }

    /**
     * Adds one audience that is accepted. Default: none, which means the account id.
     *
     * @param audience the audience, exactly as {@code aud} says it
     * @return this
     */
    public FederationPolicyBuilder audience(String audience) {
        audiences.add(PolicyRules.text(audience, "an audience"));
        return this;
    }

    /**
     * Whom the token must speak for. Default: none, which makes it a policy of the account.
     *
     * @param subject the subject, exactly as the subject claim says it
     * @return this
     */
    public FederationPolicyBuilder subject(String subject) {
        this.subject = PolicyRules.text(subject, "the subject");
        return this;
    }

    /**
     * The claim that holds the subject. Default: {@code sub}.
     *
     * @param subjectClaim the claim's literal name
     * @return this
     */
    public FederationPolicyBuilder subjectClaim(String subjectClaim) {
        this.subjectClaim = PolicyRules.text(subjectClaim, "the subject claim");
        return this;
    }

    /**
     * Where the issuer's keys are. Default: where its discovery document says.
     *
     * @param jwksUri an https URL; http for loopback only
     * @return this
     */
    public FederationPolicyBuilder jwksUri(URI jwksUri) {
        this.jwksUri = PolicyRules.address(jwksUri, "the jwksUri");
        return this;
    }

    /**
     * The issuer's public keys, for an issuer that Databricks cannot reach. Default: they are fetched.
     *
     * @param jwksJson a JSON Web Key Set of at most 5 public keys
     * @return this
     */
    public FederationPolicyBuilder jwksJson(String jwksJson) {
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
