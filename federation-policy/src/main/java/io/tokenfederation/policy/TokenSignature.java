// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import io.tokenfederation.IdpToken;
import io.tokenfederation.internal.SafeText;
import java.text.ParseException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether one of a policy's keys signed a token. A key in the token's own header is not looked at (RFC 8725 §3.10). */
final class TokenSignature {
    private final IdpToken token;

    TokenSignature(IdpToken token) {
        this.token = token;
    }

    void requireBy(KeySource source) {
        if (!PolicyRules.ALGORITHMS.contains(token.algorithm())) {
            throw PolicyErrorCode.POLICY_ALGORITHM.exception(
                    "the token is signed with '" + SafeText.of(token.algorithm()) + "', Databricks takes "
                            + String.join(" and ", PolicyRules.ALGORITHMS));
        }
        List<JWK> keys = source.keys();
        List<JWK> fitting = PinnedKeys.fitting(keys, token.algorithm(), token.keyId());
        if (fitting.isEmpty()) {
            throw PolicyErrorCode.POLICY_KEY_UNKNOWN.exception(
                    named() + ", and there is no such key in " + source.described() + ", which has " + names(keys));
        }
        if (fitting.stream().noneMatch(this::isSignedBy)) {
            throw PolicyErrorCode.POLICY_SIGNATURE.exception(
                    named() + ", and its signature is not by that key in " + source.described());
        }
    }

    private boolean isSignedBy(JWK key) {
        try {
            JWSObject jwt = JWSObject.parse(token.value());
            return token.algorithm().equals("ES256")
                    ? jwt.verify(new ECDSAVerifier(key.toECKey()))
                    : jwt.verify(new RSASSAVerifier(key.toRSAKey()));
        } catch (JOSEException | ParseException e) {
            // A key on another curve, or too short a key.
            return false;
        }
    }

    private String named() {
        return "the token is signed with " + token.algorithm() + " by "
                + token.keyId().map(id -> "the key '" + SafeText.of(id) + "'").orElse("a key it does not name");
    }

    private static String names(List<JWK> keys) {
        return keys.isEmpty()
                ? "no keys at all"
                : keys.stream()
                        .map(key -> "'" + SafeText.of(PinnedKeys.name(key)) + "' (" + key.getKeyType() + ")")
                        .collect(Collectors.joining(", "));
    }
}
