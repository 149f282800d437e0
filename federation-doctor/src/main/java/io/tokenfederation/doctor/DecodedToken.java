// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JWT's header and claims, also of one that is no good: to show what is there. Verifies nothing.
 *
 * @param header the header's members
 * @param claims the claims
 */
record DecodedToken(Map<String, Object> header, Map<String, Object> claims) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return the JWT; empty if it is none, or encrypted} */
    static Optional<DecodedToken> of(String value) {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DecodedToken(object(parts[0]), object(parts[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return a member of the header; empty if it is no text} */
    String headerText(String name) {
        return header.get(name) instanceof String text ? text : "";
    }

    /** {@return the names only: claims may be personal} */
    @Override
    public String toString() {
        return "DecodedToken" + claims.keySet();
    }

    private static Map<String, Object> object(String part) throws IOException {
        JsonNode root = JSON.readTree(Base64.getUrlDecoder().decode(part));
        if (root == null || !root.isObject()) {
            throw new IOException("no JSON object");
        }
        return JSON.convertValue(
                root, JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
    }
}
