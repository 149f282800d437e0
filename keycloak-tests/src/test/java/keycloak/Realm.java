// SPDX-License-Identifier: Apache-2.0
package keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A realm of a {@link Keycloak}, and what its administrator does to it. */
public final class Realm {
    private static final String KEYS = "org.keycloak.keys.KeyProvider";

    private final AdminApi admin;
    private final URI url;
    private final String name;
    private int keyPriority = 100;

    private Realm(AdminApi admin, URI url, String name) {
        this.admin = admin;
        this.url = url;
        this.name = name;
    }

    static Realm create(AdminApi admin, URI url, String name) {
        // The default, Argon2, costs much: good for people's passwords, not for those in tests.
        String policy = "hashAlgorithm(pbkdf2-sha256) and hashIterations(1000)";
        admin.post("", Map.of("realm", name, "enabled", true, "passwordPolicy", policy));
        return new Realm(admin, url, name);
    }

    /** {@return what its tokens say in {@code iss}} */
    public String issuer() {
        return url + "/realms/" + name;
    }

    public String tokenEndpoint() {
        return issuer() + "/protocol/openid-connect/token";
    }

    /** Registers a client. */
    public Realm with(ClientSpec client) {
        admin.post("/" + name + "/clients", client.representation());
        return this;
    }

    /** Registers a client as somebody has written it down. */
    public Realm withClientAsWritten(String json) {
        admin.post("/" + name + "/clients", AdminApi.json(json.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** {@return the secret Keycloak has made for a client that was created without one} */
    public String secretOf(String clientId) {
        return client(clientId).path("secret").asText();
    }

    /** Creates a person with a password and roles of the realm. */
    public Realm withPerson(String user, String password, String... roles) {
        Map<String, Object> person = Map.of(
                "username",
                user,
                "enabled",
                true,
                "firstName",
                user,
                "lastName",
                "Test",
                "email",
                user + "@partner.example",
                "emailVerified",
                true,
                "credentials",
                List.of(Map.of("type", "password", "value", password, "temporary", false)));
        admin.post("/" + name + "/users", person);
        String id = one("/users?exact=true&username=" + user).path("id").asText();
        for (String role : roles) {
            admin.post("/" + name + "/roles", Map.of("name", role));
            JsonNode created = admin.get("/" + name + "/roles/" + role);
            admin.post("/" + name + "/users/" + id + "/role-mappings/realm", List.of(created));
        }
        return this;
    }

    /** {@return the access token of a person who logs in} */
    public String personsToken(String clientId, String user, String password) {
        return admin.tokenRequest(
                        name,
                        Map.of(
                                "grant_type", "password",
                                "client_id", clientId,
                                "username", user,
                                "password", password,
                                "scope", "openid"))
                .path("access_token")
                .asText();
    }

    /** Has Keycloak make a key pair for a client, register its certificate, and hand out the private key. */
    public KeyStore generateClientKey(String clientId, String alias, char[] password) {
        byte[] store = admin.download(
                "/" + name + "/clients/" + client(clientId).path("id").asText()
                        + "/certificates/jwt.credential/generate-and-download",
                Map.of(
                        "format",
                        "PKCS12",
                        "keyAlias",
                        alias,
                        "keyPassword",
                        new String(password),
                        "storePassword",
                        new String(password)));
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(store), password);
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an RS256 key that signs from now on; the older ones stay among the published keys. */
    public void addSigningKey() {
        keyPriority += 100;
        admin.post(
                "/" + name + "/components",
                Map.of(
                        "name",
                        "rsa-" + keyPriority,
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        KEYS,
                        "parentId",
                        admin.get("/" + name).path("id").asText(),
                        "config",
                        Map.of("priority", List.of(Integer.toString(keyPriority)))));
    }

    /** Takes the older RS256 keys back: they sign nothing and are published no more. */
    public void withdrawOlderSigningKeys() {
        JsonNode providers = admin.get("/" + name + "/components?type=" + KEYS);
        StreamSupport.stream(providers.spliterator(), false)
                .filter(key -> key.path("providerId").asText().equals("rsa-generated"))
                .filter(key -> key.path("config").path("priority").path(0).asInt() < keyPriority)
                .forEach(key -> {
                    ObjectNode changed = key.deepCopy();
                    changed.withObject("/config").putArray("enabled").add("false");
                    changed.withObject("/config").putArray("active").add("false");
                    admin.put("/" + name + "/components/" + key.path("id").asText(), changed);
                });
    }

    /** Changes how long a client's tokens live. */
    public void tokensLive(String clientId, Duration time) {
        ObjectNode changed = client(clientId).deepCopy();
        changed.withObject("/attributes").put("access.token.lifespan", Long.toString(time.toSeconds()));
        admin.put("/" + name + "/clients/" + changed.path("id").asText(), changed);
    }

    /** {@return the id of the user that a client is when it gets a token for itself} */
    public String serviceAccountOf(String clientId) {
        String id = client(clientId).path("id").asText();
        return admin.get("/" + name + "/clients/" + id + "/service-account-user")
                .path("id")
                .asText();
    }

    /** {@return the public keys that sign, as an administrator would copy them into a policy} */
    public String signatureKeys() {
        JsonNode all = admin.published(name);
        ObjectNode kept = all.deepCopy();
        ArrayNode keys = kept.putArray("keys");
        all.path("keys").forEach(key -> {
            if (key.path("use").asText().equals("sig")) {
                keys.add(key);
            }
        });
        return kept.toString();
    }

    /** Gives a client another secret. */
    public void changeSecret(String clientId, String secret) {
        ObjectNode changed = client(clientId).deepCopy();
        changed.put("secret", secret);
        admin.put("/" + name + "/clients/" + changed.path("id").asText(), changed);
    }

    private JsonNode client(String clientId) {
        return one("/clients?clientId=" + clientId);
    }

    private JsonNode one(String path) {
        JsonNode found = admin.get("/" + name + path);
        if (found.size() != 1) {
            throw new IllegalStateException(path + " finds " + found.size());
        }
        return found.get(0);
    }
}
