// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.VisibleText;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.List;

/** What Databricks takes as a policy's fields, so that a typo is found before Databricks refuses a token for it. */
final class PolicyRules {
    /** "JWKS JSON supports up to 5 keys", says Databricks. */
    private static final int MOST_KEYS = 5;

    /** "The JWT must be valid and signed using the RS256 or ES256 algorithms." */
    static final List<String> ALGORITHMS = List.of("RS256", "ES256");

    private PolicyRules() {}

    /** Checks all that can be checked before Databricks is asked. */
    static FederationPolicy require(FederationPolicy policy, PolicyOwner.Kind kind) {
        issuer(policy.issuer());
        policy.audiences().forEach(audience -> text(audience, "an audience"));
        policy.subject().ifPresent(subject -> text(subject, "the subject"));
        text(policy.subjectClaim(), "the subject claim");
        policy.jwksUri().ifPresent(uri -> address(uri, "the jwksUri"));
        policy.jwksJson().ifPresent(PolicyRules::keySet);
        if (kind == PolicyOwner.Kind.ACCOUNT && policy.subject().isPresent()) {
            throw new IllegalArgumentException("a policy of the account has no subject: its subject claim holds the"
                    + " Databricks user name of whoever comes");
        }
        if (kind != PolicyOwner.Kind.ACCOUNT && policy.subject().isEmpty()) {
            throw new IllegalArgumentException("the policy has no subject: set it to the token's "
                    + policy.subjectClaim() + "; without one, everybody the issuer knows would be let in");
        }
        boolean keys = policy.jwksUri().isPresent() || policy.jwksJson().isPresent();
        if (kind == PolicyOwner.Kind.RECIPIENT && keys) {
            throw new IllegalArgumentException(
                    "a recipient's policy has neither jwksUri nor jwksJson: the issuer's keys"
                            + " are always found by discovery");
        }
        return policy;
    }

    static String text(String value, String what) {
        requireNonNull(value, what);
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
        if (!value.equals(value.strip())) {
            throw new IllegalArgumentException(
                    what + " has white space around it, which would be compared too: '" + SafeText.of(value) + "'");
        }
        return value;
    }

    /** It becomes a segment of a path, and an argument of a command. */
    static String recipient(String name) {
        text(name, "the recipient's name");
        if (name.startsWith("-") || name.chars().allMatch(unit -> unit == '.')) {
            throw new IllegalArgumentException("no recipient is called '" + SafeText.of(name)
                    + "': a name begins with no hyphen and is not made of dots only");
        }
        if (!VisibleText.of(name).equals(name)) {
            throw new IllegalArgumentException(
                    "the recipient's name holds a character that cannot be seen: '" + VisibleText.of(name) + "'");
        }
        return name;
    }

    static String issuer(String issuer) {
        text(issuer, "the issuer");
        try {
            address(new URI(issuer), "the issuer");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the issuer is no URL: '" + SafeText.of(issuer) + "'", e);
        }
        return issuer;
    }

    static URI address(URI address, String what) {
        return HttpTransport.requireSecure(requireNonNull(address, what), what);
    }

    static String keySet(String json) {
        text(json, "the jwksJson");
        if (keys(json).size() > MOST_KEYS) {
            throw new IllegalArgumentException("the jwksJson has " + keys(json).size()
                    + " keys, Databricks takes at most " + MOST_KEYS + ": use jwksUri instead");
        }
        try {
            if (JWKSet.parse(json).getKeys().stream().anyMatch(JWK::isPrivate)) {
                throw new IllegalArgumentException(
                        "the jwksJson holds a private or secret key; publish public keys only");
            }
        } catch (ParseException e) {
            // Not the cause: it may quote a key.
            throw new IllegalArgumentException("the jwksJson holds a key that cannot be read");
        }
        return json;
    }

    private static List<Object> keys(String json) {
        try {
            List<Object> keys = JSONObjectUtils.getJSONArray(JSONObjectUtils.parse(json), "keys");
            if (keys != null && !keys.isEmpty()) {
                return keys;
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("the jwksJson is not JSON of the form {\"keys\":[…]}");
        }
        throw new IllegalArgumentException("the jwksJson holds no keys");
    }
}
