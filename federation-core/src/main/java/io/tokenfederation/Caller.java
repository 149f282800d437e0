// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: a person, known from a token that {@link CallerVerifier} has verified.
 *
 * <p>The person's token itself is not kept: it goes neither to Databricks nor to an MCP server. Immutable.
 */
public final class Caller {
    private final String issuer;
    private final String subject;
    private final @Nullable String email;
    private final @Nullable String company;
    private final VerifiedClaims claims;

    private Caller(VerifiedClaims claims, String emailClaim, String companyClaim) {
        this.issuer = required(claims, "iss");
        this.subject = required(claims, "sub");
        this.email = claims.text(emailClaim).orElse(null);
        this.company = claims.text(companyClaim).orElse(null);
        this.claims = claims;
    }

    /**
     * The person that verified claims speak of, with the e-mail address of the standard claim {@code email} and the company
     * of the claim {@code company}.
     *
     * @param claims the claims, with {@code iss} and {@code sub}
     * @return the caller
     * @throws IllegalArgumentException if {@code iss} or {@code sub} is missing
     */
    public static Caller of(VerifiedClaims claims) {
        return of(claims, "email", "company");
    }

    /**
     * The person that verified claims speak of, with e-mail address and company of other claims.
     *
     * @param claims the claims, with {@code iss} and {@code sub}
     * @param emailClaim the literal name of the claim that holds the address, such as {@code https://example.com/email}
     * @param companyClaim the literal name of the claim that holds the company, such as {@code https://example.com/company}
     * @return the caller
     * @throws IllegalArgumentException if {@code iss} or {@code sub} is missing
     */
    public static Caller of(VerifiedClaims claims, String emailClaim, String companyClaim) {
        requireNonNull(emailClaim, "emailClaim");
        requireNonNull(companyClaim, "companyClaim");
        return new Caller(claims, emailClaim, companyClaim);
    }

    /** {@return who vouches for the person: the token's {@code iss}} */
    public String issuer() {
        return issuer;
    }

    /** {@return the person, within that issuer: the token's {@code sub}} */
    public String subject() {
        return subject;
    }

    /**
     * Returns the person's e-mail address, for display and audit. It can change hands: never decide by it what somebody
     * may do.
     *
     * @return the address; empty if the token does not say
     */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /**
     * Returns the company the person works for, for display and audit.
     *
     * @return the company; empty if the token does not say
     */
    public Optional<String> company() {
        return Optional.ofNullable(company);
    }

    /** {@return all claims of the token} */
    public VerifiedClaims claims() {
        return claims;
    }

    /** {@return issuer and subject; nothing else about the person} */
    @Override
    public String toString() {
        return "Caller[" + subject + " of " + issuer + "]";
    }

    private static String required(VerifiedClaims claims, String name) {
        return claims.text(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a caller needs the claim " + name + " as a string; the claims are "
                                + SafeText.of(claims.names().toString())));
    }
}
