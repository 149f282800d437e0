// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.internal.BearerValue;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the text of a profile; quotes no value of it.
 *
 * @param what what is read, for messages
 */
record ProfileReader(String what) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int NEWEST = 2;

    SharingProfile read(String text) {
        JsonNode root = tree(text);
        if (!root.isObject()) {
            throw SharingErrorCode.SHARING_PROFILE_UNREADABLE.exception(what + " is no JSON object");
        }
        int version = version(root);
        return new SharingProfile(version, endpoint(root), credential(version, root));
    }

    private JsonNode tree(String text) {
        try {
            // An editor may have put a byte order mark before it.
            return JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the text, which holds secrets.
            throw SharingErrorCode.SHARING_PROFILE_UNREADABLE.exception(what + " is no JSON");
        }
    }

    private int version(JsonNode root) {
        JsonNode said = root.path("shareCredentialsVersion");
        if (!said.isIntegralNumber() && !(said.isTextual() && said.textValue().matches("\\d{1,9}"))) {
            throw missing("shareCredentialsVersion");
        }
        long version = said.asLong();
        if (version > NEWEST) {
            throw SharingErrorCode.SHARING_PROFILE_UNSUPPORTED.exception(
                    what + " is of version " + version + "; versions 1 and 2 are known");
        }
        if (version < 1) {
            throw invalid("shareCredentialsVersion", "is " + version + "; the first version is 1");
        }
        return (int) version;
    }

    private SharingCredential credential(int version, JsonNode root) {
        String type = optional(root, "type").orElse(version == 1 ? "bearer_token" : "");
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "" -> throw missing("type");
            case "bearer_token" -> bearer(root);
            case "oauth_client_credentials" -> clientCredentials(version, root);
            case "oauth_jwt_bearer_private_key_jwt" -> privateKey(version, root.path("auth"));
            default ->
                throw SharingErrorCode.SHARING_PROFILE_UNSUPPORTED.exception(what + " is of type '"
                        + SafeText.of(type)
                        + "'; bearer_token, oauth_client_credentials and oauth_jwt_bearer_private_key_jwt are known");
        };
    }

    private SharingCredential clientCredentials(int version, JsonNode root) {
        requireSecondVersion(version);
        return new SharingCredential.ClientCredentials(
                uri(root, "tokenEndpoint"),
                required(root, "clientId"),
                optional(root, "clientSecret").filter(secret -> !Placeholder.is(secret)),
                scopes(root));
    }

    private void requireSecondVersion(int version) {
        if (version < NEWEST) {
            throw SharingErrorCode.SHARING_PROFILE_UNSUPPORTED.exception(
                    what + " is of version 1, and of a type that came with version 2");
        }
    }

    private SharingCredential bearer(JsonNode root) {
        String token = required(root, "bearerToken");
        if (Placeholder.is(token)) {
            throw invalid("bearerToken", "is a placeholder, which nobody filled in");
        }
        try {
            BearerValue.require(token, "bearerToken");
        } catch (IllegalArgumentException e) {
            throw invalid("bearerToken", "holds characters that no bearer token has");
        }
        return new SharingCredential.BearerToken(
                token, optional(root, "expirationTime").map(this::time));
    }

    private SharingCredential privateKey(int version, JsonNode auth) {
        requireSecondVersion(version);
        if (!auth.isObject()) {
            throw missing("auth");
        }
        JsonNode key = auth.path("privateKey");
        if (!key.isObject()) {
            throw missing("auth.privateKey");
        }
        return new SharingCredential.PrivateKeyJwt(
                uri(auth, "tokenEndpoint"),
                new SharingCredential.GrantClaims(
                        required(auth, "issuer"), required(auth, "clientId"), required(auth, "audience"), scopes(auth)),
                new SharingCredential.PrivateKeyFile(
                        path(required(key, "privateKeyFile")), optional(key, "keyId"), optional(key, "algorithm")));
    }

    private URI endpoint(JsonNode root) {
        String url = required(root, "endpoint");
        URI uri = uri(root, "endpoint");
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("endpoint", "has a query or a fragment");
        }
        return URI.create(url.replaceFirst("/+$", ""));
    }

    private URI uri(JsonNode node, String field) {
        String url = required(node, field);
        try {
            return HttpTransport.requireSecure(HttpTransport.parse(url, "'" + field + "'"), "'" + field + "'");
        } catch (IllegalArgumentException e) {
            throw invalid(field, "must be an https URL without user name and password (http is for loopback only)");
        }
    }

    private Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw invalid("privateKeyFile", "is no path");
        }
    }

    /** ISO 8601; without an offset it is taken for UTC. */
    private Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException again) {
                throw invalid("expirationTime", "is no time such as 2027-01-31T00:00:00Z");
            }
        }
    }

    private List<String> scopes(JsonNode node) {
        return optional(node, "scope")
                .map(scope -> List.of(scope.split("\\s+")))
                .orElse(List.of());
    }

    private String required(JsonNode node, String field) {
        return optional(node, field).orElseThrow(() -> missing(field));
    }

    /** Blank counts as missing: so a field looks that somebody has left for later. */
    private Optional<String> optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid(field, "is no text");
        }
        return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
    }

    private SharingException missing(String field) {
        return SharingErrorCode.SHARING_PROFILE_INVALID.exception(what + " has no '" + field + "'");
    }

    private SharingException invalid(String field, String why) {
        return SharingErrorCode.SHARING_PROFILE_INVALID.exception("'" + field + "' of " + what + " " + why);
    }
}
