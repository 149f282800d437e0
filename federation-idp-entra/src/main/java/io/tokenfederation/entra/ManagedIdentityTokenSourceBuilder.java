// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link ManagedIdentityTokenSource}. Not thread-safe. */
public final class ManagedIdentityTokenSourceBuilder {
    private @Nullable String resource;
    private @Nullable AssignedIdentity assigned;
    private @Nullable Path arcKeys;
    private Map<String, String> environment = System.getenv();
    private Duration requestTimeout = Duration.ofSeconds(10);

    ManagedIdentityTokenSourceBuilder() {}

    /**
     * What the token is for. Required, unless {@link #azureDatabricks()} is called.
     *
     * @param resource the Application ID URI or the client id of an API of yours, without {@code /.default}; or
     *     {@link EntraCloud#tokenExchangeAudience()}, or {@link EntraCloud#managementResource()}
     * @return this builder
     * @throws IllegalArgumentException if it is blank, holds white space, ends in {@code /.default}, is a workspace's URL,
     *     or is Azure Databricks itself
     */
    public ManagedIdentityTokenSourceBuilder resource(String resource) {
        this.resource = EntraTarget.v1Resource(resource).resource();
        return this;
    }

    /**
     * Azure Databricks itself: a token that a workspace takes as it is. Use it by
     * {@link io.tokenfederation.DatabricksTokenSource#direct}, and never with an exchanger.
     *
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder azureDatabricks() {
        this.resource = AzureDatabricks.APPLICATION;
        return this;
    }

    /**
     * A user-assigned identity by its client id. Default: the host's own, system-assigned one.
     *
     * @param id the client id
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder clientId(String id) {
        return assigned(AssignedIdentity.Kind.CLIENT_ID, id);
    }

    /**
     * A user-assigned identity by its object (principal) id. Default: the host's own, system-assigned one.
     *
     * @param id the object id
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder objectId(String id) {
        return assigned(AssignedIdentity.Kind.OBJECT_ID, id);
    }

    /**
     * A user-assigned identity by its resource id. Default: the host's own, system-assigned one.
     *
     * @param id such as
     *     {@code /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…}
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder resourceId(String id) {
        return assigned(AssignedIdentity.Kind.RESOURCE_ID, id);
    }

    /**
     * The environment variables that tell on which kind of host this runs. Default: those of this process.
     *
     * @param environment the variables
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder environment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        return this;
    }

    /**
     * Where an Azure Arc agent keeps its key files; none is read from anywhere else. Default:
     * {@code /var/opt/azcmagent/tokens}, or on Windows {@code %ProgramData%\AzureConnectedMachineAgent\Tokens}.
     *
     * @param directory the directory
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder arcKeyDirectory(Path directory) {
        this.arcKeys = requireNonNull(directory, "directory");
        return this;
    }

    /**
     * How long a request may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public ManagedIdentityTokenSourceBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
        return this;
    }

    /**
     * Builds the source. Nothing is sent yet.
     *
     * @return the source
     * @throws IllegalStateException if nothing says what the token is for, or this kind of host is not supported, or knows
     *     no user-assigned identities
     * @throws IllegalArgumentException if a variable names an endpoint that is not on this host
     */
    public ManagedIdentityTokenSource build() {
        if (resource == null) {
            throw new IllegalStateException("say what the token is for: resource(uri) or azureDatabricks()");
        }
        AzureHost host =
                new AzureHost(environment, Optional.ofNullable(assigned), Optional.ofNullable(arcKeys), requestTimeout);
        String identity = assigned == null
                ? "the system-assigned identity"
                : "the user-assigned identity '" + assigned.id() + "'";
        return new ManagedIdentityTokenSource(host.endpoint(), identity, resource);
    }

    private ManagedIdentityTokenSourceBuilder assigned(AssignedIdentity.Kind kind, String id) {
        String name = requireNonNull(id, "id").strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the id of the identity is blank");
        }
        if (assigned != null && assigned.kind() != kind) {
            throw new IllegalStateException("name the identity once: by clientId, objectId or resourceId");
        }
        this.assigned = new AssignedIdentity(kind, name);
        return this;
    }
}
