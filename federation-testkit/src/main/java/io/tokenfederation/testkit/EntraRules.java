// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What an administrator of an Entra ID tenant can set beyond registering clients, and the names the tenant gives things.
 *
 * <pre>{@code
 * try (LoopbackIdp entra = LoopbackIdp.entra().start()) {
 *     entra.api("api://databricks").m2mClient("backend", "secret");
 *     EntraRules.of(entra).tokenVersion("api://databricks", 1);
 * }
 * }</pre>
 *
 * <p>{@link LoopbackIdp#api} registers a resource application with an App ID URI, whose tokens are of version 2 until
 * {@link #tokenVersion} says otherwise; {@link LoopbackIdp#grant} assigns app roles, which come as {@code roles}.
 * {@link LoopbackIdp#issuer()} is that of version 2. Thread-safe.
 */
public final class EntraRules {
    /** The resource application of Azure Databricks, which every tenant has; its tokens are of version 1. */
    public static final String AZURE_DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    static final Duration LIFETIME = Duration.ofSeconds(3599);

    private static final String TENANT = "6f1c3a52-9d0e-4b7a-8c11-5e2d4f60a9b3";
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final URI base;
    private final Tenant tenant;
    private final FederatedCredentials federated;
    private final IdentifierUris identifiers = new IdentifierUris();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Set<String> assignmentRequired = ConcurrentHashMap.newKeySet();
    private final Set<String> secretExpired = ConcurrentHashMap.newKeySet();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();

    private volatile boolean groupsOverage;

    EntraRules(URI base, Tenant tenant, FederatedCredentials federated) {
        this.base = base;
        this.tenant = tenant;
        this.federated = federated;
        tenant.register(new Tenant.Api(AZURE_DATABRICKS, SigningAlgorithm.RS256, LIFETIME));
        versions.put(AZURE_DATABRICKS, 1);
    }

    /**
     * The rules of an Entra ID tenant.
     *
     * @param idp one that {@link LoopbackIdp#entra()} made
     * @return its rules
     * @throws IllegalArgumentException if it is of another kind
     */
    public static EntraRules of(LoopbackIdp idp) {
        return idp.server().rules(EntraRules.class);
    }

    /**
     * Lets the tenant have verified a domain: web addresses on it can be Application ID URIs then. Set it before
     * {@link LoopbackIdp#api}, which refuses others as Entra ID does.
     *
     * @param domain such as {@code contoso.com}; domains below it count too
     * @return this
     */
    public EntraRules verifiedDomain(String domain) {
        identifiers.verified(requireNonNull(domain, "domain"));
        return this;
    }

    /** {@return the tenant's id} */
    public String tenantId() {
        return TENANT;
    }

    /** {@return the address in front of the tenant, {@code https://login.microsoftonline.com} for the real one} */
    public URI authority() {
        return base;
    }

    /** {@return the token endpoint of version 1, which takes {@code resource} in place of {@code scope}} */
    public URI v1TokenEndpoint() {
        return base.resolve("/" + TENANT + "/oauth2/token");
    }

    /** {@return the issuer of tokens of version 1, with a slash at its end} */
    public String v1Issuer() {
        return base + "/" + TENANT + "/";
    }

    /**
     * The client id of a resource application, which is the audience of its tokens of version 2.
     *
     * @param identifier what it was registered as
     * @return the id
     */
    public String applicationId(String identifier) {
        String name = identifier.startsWith("api://") ? identifier.substring("api://".length()) : identifier;
        return GUID.matcher(name).matches() ? name : Tenant.idFor("application " + identifier);
    }

    /**
     * Sets {@code requestedAccessTokenVersion} of a resource application.
     *
     * @param identifier what it was registered as
     * @param version 1 or 2
     * @return this
     */
    public EntraRules tokenVersion(String identifier, int version) {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("the versions of tokens are 1 and 2; this is " + version);
        }
        versions.put(requireNonNull(identifier, "identifier"), version);
        return this;
    }

    /**
     * Turns "Assignment required" on: a client without {@link LoopbackIdp#grant} gets no token.
     *
     * @param identifier the resource application
     * @return this
     */
    public EntraRules assignmentRequired(String identifier) {
        assignmentRequired.add(requireNonNull(identifier, "identifier"));
        return this;
    }

    /**
     * Adds a federated credential to a client: JWTs of this issuer, subject and audience, compared exactly, are its proof.
     * The issuer's keys are found by discovery.
     *
     * @param clientId the client, which is registered by this if it was not
     * @param issuer the external issuer
     * @param subject the external subject
     * @param audience the audience, {@code api://AzureADTokenExchange} by custom
     * @return this
     */
    public EntraRules federatedCredential(String clientId, String issuer, String subject, String audience) {
        if (tenant.client(clientId).isEmpty()) {
            tenant.registerPublic(clientId);
        }
        federated.add(
                clientId,
                FederationPolicy.builder()
                        .issuer(issuer)
                        .subject(subject)
                        .audience(audience)
                        .build());
        return this;
    }

    /**
     * Lets the secret of a client be expired.
     *
     * @param clientId the client
     * @return this
     */
    public EntraRules secretExpired(String clientId) {
        secretExpired.add(requireNonNull(clientId, "clientId"));
        return this;
    }

    /**
     * Disables the application of a client.
     *
     * @param clientId the client
     * @return this
     */
    public EntraRules disabled(String clientId) {
        disabled.add(requireNonNull(clientId, "clientId"));
        return this;
    }

    /**
     * Lets everybody be in more groups than a token holds: it says {@code _claim_names} in place of {@code groups}.
     *
     * @param overage whether they are; default: somebody is with more than 200 groups
     * @return this
     */
    public EntraRules groupsOverage(boolean overage) {
        groupsOverage = overage;
        return this;
    }

    /**
     * The object id of a group, by which tokens name it.
     *
     * @param name what {@link Person#groups} calls it
     * @return the id
     */
    public String groupId(String name) {
        return Tenant.idFor("group " + name);
    }

    boolean hasGroupsOverage() {
        return groupsOverage;
    }

    /** The object id of a client's service principal, which is neither its client id nor that of its registration. */
    String objectId(String clientId) {
        return Tenant.idFor("service principal " + clientId);
    }

    /** The resource application of this App ID URI or client id; a slash behind it is forgiven. */
    Optional<Tenant.Api> resource(String asked) {
        return tenant.api(asked)
                .or(() -> asked.endsWith("/") ? tenant.api(asked.substring(0, asked.length() - 1)) : Optional.empty())
                .or(() -> tenant.apis().stream()
                        .filter(api -> applicationId(api.identifier()).equals(applicationId(asked)))
                        .findFirst());
    }

    int version(String identifier) {
        return versions.getOrDefault(identifier, 2);
    }

    void requireAllowed(String identifier) {
        identifiers.require(identifier);
    }

    boolean isAssignmentRequired(String identifier) {
        return assignmentRequired.contains(identifier);
    }

    boolean isSecretExpired(String clientId) {
        return secretExpired.contains(clientId);
    }

    boolean isDisabled(String clientId) {
        return disabled.contains(clientId);
    }
}
