// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The profile file a provider hands to a recipient whose application logs in by client credentials. Nothing in it is secret:
 * the recipient puts its own client secret in, or keeps it elsewhere.
 *
 * <pre>{@code
 * String json = RecipientProfile.of(endpoint, tokenEndpoint).clientId("4f3a…").scope("66666666-…/.default").toJson();
 * }</pre>
 *
 * <p>Where the identity provider is the recipient's, leave out what only the recipient knows; the file then says where it is
 * to be put, in the words of the file that Databricks' own portal makes. Immutable: every method returns a changed copy.
 *
 * @see <a href="https://docs.databricks.com/aws/en/delta-sharing/sharing-over-oidc-m2m">Databricks: sharing over OIDC, from
 *     machine to machine</a>
 */
public final class RecipientProfile {
    private final URI endpoint;
    private final URI tokenEndpoint;
    private final @Nullable String clientId;
    private final @Nullable String scope;

    private RecipientProfile(URI endpoint, URI tokenEndpoint, @Nullable String clientId, @Nullable String scope) {
        this.endpoint = endpoint;
        this.tokenEndpoint = tokenEndpoint;
        this.clientId = clientId;
        this.scope = scope;
    }

    /**
     * A profile.
     *
     * @param endpoint the recipient's endpoint, as the recipient's OIDC profile portal shows it:
     *     {@code https://…/api/2.0/delta-sharing/metastores/…/recipients/…}. No API tells it, so it is not guessed
     * @param tokenEndpoint where the identity provider issues tokens
     * @return the profile
     * @throws IllegalArgumentException if one of them is no https URL (http for loopback only)
     */
    public static RecipientProfile of(URI endpoint, URI tokenEndpoint) {
        return new RecipientProfile(
                HttpTransport.requireSecure(requireNonNull(endpoint, "endpoint"), "the endpoint"),
                HttpTransport.requireSecure(requireNonNull(tokenEndpoint, "tokenEndpoint"), "the token endpoint"),
                null,
                null);
    }

    /**
     * The application's client id, where the provider knows it.
     *
     * @param clientId the client id
     * @return a changed copy
     */
    public RecipientProfile clientId(String clientId) {
        return new RecipientProfile(endpoint, tokenEndpoint, requireNonNull(clientId, "clientId"), scope);
    }

    /**
     * What the application asks for, so that the token is for the policy's audience.
     *
     * @param scope such as {@code 66666666-2222-3333-4444-555555555555/.default} for Entra ID
     * @return a changed copy
     */
    public RecipientProfile scope(String scope) {
        return new RecipientProfile(endpoint, tokenEndpoint, clientId, requireNonNull(scope, "scope"));
    }

    /** {@return the file's text: version 2, type {@code oauth_client_credentials}} */
    public String toJson() {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        profile.put("shareCredentialsVersion", 2);
        profile.put("endpoint", endpoint.toString());
        profile.put("tokenEndpoint", tokenEndpoint.toString());
        profile.put("type", "oauth_client_credentials");
        profile.put("clientId", Optional.ofNullable(clientId).orElse("[REPLACE_WITH_YOUR_CLIENT_ID]"));
        profile.put("clientSecret", "[REPLACE_WITH_YOUR_CLIENT_SECRET]");
        profile.put("scope", Optional.ofNullable(scope).orElse("[REPLACE_WITH_YOUR_SCOPE]"));
        return profile.toPrettyString();
    }

    /** {@return where it leads} */
    @Override
    public String toString() {
        return "RecipientProfile[" + endpoint + "]";
    }
}
