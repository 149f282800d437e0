// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/** Which keys of a set may have signed a token. */
final class PinnedKeys {
    private PinnedKeys() {}

    /** {@return the keys in a policy's {@code jwks_json}; none if it cannot be read} */
    static List<JWK> of(String jwksJson) {
        try {
            return JWKSet.parse(jwksJson).getKeys();
        } catch (ParseException e) {
            return List.of();
        }
    }

    /** A key without an id may be any; so may all be where the token names none. */
    static List<JWK> fitting(List<JWK> keys, String algorithm, Optional<String> keyId) {
        KeyType type = algorithm.startsWith("ES") ? KeyType.EC : KeyType.RSA;
        return keys.stream()
                .filter(key -> key.getKeyType().equals(type))
                .filter(key -> !KeyUse.ENCRYPTION.equals(key.getKeyUse()))
                .filter(key -> key.getAlgorithm() == null
                        || key.getAlgorithm().getName().equals(algorithm))
                .filter(key -> keyId.isEmpty()
                        || key.getKeyID() == null
                        || key.getKeyID().equals(keyId.get()))
                .toList();
    }

    static String name(JWK key) {
        return key.getKeyID() == null ? "(without an id)" : key.getKeyID();
    }
}
