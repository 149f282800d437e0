// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;

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

    EntraRules() {}

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

    /** {@return the tenant's id} */
    public String tenantId() {
        return Later.yet("");
    }

    /** {@return the address in front of the tenant, {@code https://login.microsoftonline.com} for the real one} */
    public URI authority() {
        return Later.yet(URI.create("/"));
    }

    /** {@return the token endpoint of version 1, which takes {@code resource} in place of {@code scope}} */
    public URI v1TokenEndpoint() {
        return Later.yet(URI.create("/"));
    }

    /** {@return the issuer of tokens of version 1, with a slash at its end} */
    public String v1Issuer() {
        return Later.yet("");
    }

    /**
     * The client id of a resource application, which is the audience of its tokens of version 2.
     *
     * @param identifier what it was registered as
     * @return the id
     */
    public String applicationId(String identifier) {
        return Later.yet("");
    }

    /**
     * Sets {@code requestedAccessTokenVersion} of a resource application.
     *
     * @param identifier what it was registered as
     * @param version 1 or 2
     * @return this
     */
    public EntraRules tokenVersion(String identifier, int version) {
        return Later.yet(this);
    }

    /**
     * Turns "Assignment required" on: a client without {@link LoopbackIdp#grant} gets no token.
     *
     * @param identifier the resource application
     * @return this
     */
    public EntraRules assignmentRequired(String identifier) {
        return Later.yet(this);
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
        return Later.yet(this);
    }

    /**
     * Lets the secret of a client be expired.
     *
     * @param clientId the client
     * @return this
     */
    public EntraRules secretExpired(String clientId) {
        return Later.yet(this);
    }

    /**
     * Disables the application of a client.
     *
     * @param clientId the client
     * @return this
     */
    public EntraRules disabled(String clientId) {
        return Later.yet(this);
    }
}
