// SPDX-License-Identifier: Apache-2.0
package keycloak;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of a realm, as the admin API takes it.
 *
 * @param id its client id
 * @param settings of the client itself
 * @param attributes the settings Keycloak keeps as attributes
 * @param mappers what writes claims into its tokens
 */
public record ClientSpec(
        String id, Map<String, Object> settings, Map<String, String> attributes, List<Mapper> mappers) {
    /**
     * A protocol mapper.
     *
     * @param name unique in the client
     * @param type its provider's id
     * @param config as that takes it
     */
    public record Mapper(String name, String type, Map<String, String> config) {
        public Mapper {
            config = Map.copyOf(config);
        }

        Map<String, Object> representation() {
            return Map.of("name", name, "protocol", "openid-connect", "protocolMapper", type, "config", config);
        }
    }

    public ClientSpec {
        settings = Map.copyOf(settings);
        attributes = Map.copyOf(attributes);
        mappers = List.copyOf(mappers);
    }

    /** An application that gets tokens for itself, with a secret. */
    public static ClientSpec machine(String id, String secret) {
        return new ClientSpec(id, Map.of("serviceAccountsEnabled", true, "secret", secret), Map.of(), List.of());
    }

    /** An application that gets tokens for itself, with a key: {@code private_key_jwt}. */
    public static ClientSpec machineWithKey(String id) {
        return new ClientSpec(
                id,
                Map.of("serviceAccountsEnabled", true, "clientAuthenticatorType", "client-jwt"),
                Map.of(),
                List.of());
    }

    /** An application people log in to. With the password grant, which only a test may use: it needs no browser. */
    public static ClientSpec people(String id) {
        return new ClientSpec(id, Map.of("publicClient", true, "directAccessGrantsEnabled", true), Map.of(), List.of());
    }

    /**
     * An application in the browser: people log in on Keycloak's own page, with PKCE, and are sent back to these two
     * addresses and no others.
     *
     * @param redirectUri where they come back from the login; scripts of its origin may read Keycloak's answers
     * @param home where they come back from logging out
     */
    public static ClientSpec browser(String id, URI redirectUri, URI home) {
        String origin = redirectUri.getScheme() + "://" + redirectUri.getAuthority();
        return new ClientSpec(
                id,
                Map.of(
                        "publicClient",
                        true,
                        "directAccessGrantsEnabled",
                        false,
                        "redirectUris",
                        List.of(redirectUri.toString()),
                        "webOrigins",
                        List.of(origin)),
                Map.of("pkce.code.challenge.method", "S256", "post.logout.redirect.uris", home.toString()),
                List.of());
    }

    /** Adds an Audience mapper. */
    public ClientSpec audience(String audience) {
        return mapper(new Mapper(
                "audience " + audience,
                "oidc-audience-mapper",
                Map.of("included.custom.audience", audience, "access.token.claim", "true")));
    }

    /** Adds an Audience mapper that writes into lightweight tokens as well. */
    public ClientSpec lightweightAudience(String audience) {
        return mapper(new Mapper(
                "audience " + audience,
                "oidc-audience-mapper",
                Map.of(
                        "included.custom.audience", audience,
                        "access.token.claim", "true",
                        "lightweight.claim", "true")));
    }

    /** Adds a User Realm Role mapper. A dot in the claim's name would make an object of it. */
    public ClientSpec realmRolesIn(String claim) {
        return mapper(new Mapper(
                "realm roles in " + claim,
                "oidc-usermodel-realm-role-mapper",
                Map.of(
                        "claim.name", claim.replace(".", "\\."),
                        "jsonType.label", "String",
                        "multivalued", "true",
                        "access.token.claim", "true")));
    }

    public ClientSpec mapper(Mapper mapper) {
        List<Mapper> more = new ArrayList<>(mappers);
        more.add(mapper);
        return new ClientSpec(id, settings, attributes, more);
    }

    /** Replaces the client scopes that every token has. */
    public ClientSpec defaultScopes(String... scopes) {
        return setting("defaultClientScopes", List.of(scopes));
    }

    public ClientSpec signedWith(String algorithm) {
        return attribute("access.token.signed.response.alg", algorithm);
    }

    public ClientSpec tokensLive(Duration time) {
        return attribute("access.token.lifespan", Long.toString(time.toSeconds()));
    }

    public ClientSpec lightweight() {
        return attribute("client.use.lightweight.access.token.enabled", "true");
    }

    /** Registers public keys for {@code private_key_jwt}. */
    public ClientSpec jwks(String json) {
        return attribute("use.jwks.string", "true").attribute("jwks.string", json);
    }

    public ClientSpec setting(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new ClientSpec(id, more, attributes, mappers);
    }

    public ClientSpec attribute(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(name, value);
        return new ClientSpec(id, settings, more, mappers);
    }

    Map<String, Object> representation() {
        Map<String, Object> json = new LinkedHashMap<>(settings);
        json.put("clientId", id);
        json.put("standardFlowEnabled", settings.containsKey("publicClient"));
        json.put("attributes", attributes);
        json.put("protocolMappers", mappers.stream().map(Mapper::representation).toList());
        return json;
    }
}
