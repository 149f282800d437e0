// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.internal.SafeText;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token is to be for, and which endpoint is asked for it.
 *
 * @param resource the resource's name; empty for Azure's management API, whose name depends on the cloud
 * @param v1 whether the v1 endpoint is asked
 */
record EntraTarget(String resource, boolean v1) {
    static final EntraTarget AZURE_DATABRICKS = new EntraTarget(AzureDatabricks.APPLICATION, false);
    static final EntraTarget AZURE_MANAGEMENT = new EntraTarget("", false);

    private static final String DEFAULT = "/.default";

    static EntraTarget application(String application) {
        String name = named(application, "application");
        return new EntraTarget(
                named(
                        name.endsWith(DEFAULT) ? name.substring(0, name.length() - DEFAULT.length()) : name,
                        "application"),
                false);
    }

    static EntraTarget v1Resource(String resource) {
        String name = named(resource, "resource");
        if (name.endsWith(DEFAULT)) {
            throw new IllegalArgumentException("resource must be named without /.default, which belongs to scopes: "
                    + SafeText.of(name.substring(0, name.length() - DEFAULT.length())));
        }
        return new EntraTarget(name, true);
    }

    /** {@return the one target there is; a token is for one thing} */
    static EntraTarget only(Set<EntraTarget> targets) {
        if (targets.isEmpty()) {
            throw new IllegalStateException("say what the token is for: application(uri), v1Resource(uri),"
                    + " azureDatabricks() or azureManagement()");
        }
        if (targets.size() > 1) {
            throw new IllegalStateException("a token is for one thing; set were "
                    + targets.stream().map(EntraTarget::setting).collect(Collectors.joining(", "))
                    + ": take a builder for each");
        }
        return targets.iterator().next();
    }

    /** {@return how it was set} */
    private String setting() {
        if (equals(AZURE_DATABRICKS)) {
            return "azureDatabricks()";
        }
        if (equals(AZURE_MANAGEMENT)) {
            return "azureManagement()";
        }
        return (v1 ? "v1Resource(" : "application(") + SafeText.of(resource) + ")";
    }

    /** {@return the resource's name in this cloud} */
    String name(EntraCloud cloud) {
        return resource.isEmpty() ? cloud.managementResource() : resource;
    }

    /**
     * Writes endpoint and target into the settings.
     *
     * @param base authority and tenant
     */
    void addTo(OidcTokenSourceBuilder tokens, EntraCloud cloud, String base) {
        if (v1) {
            tokens.tokenEndpoint(base + "/oauth2/token").resource(name(cloud));
        } else {
            // A resource that ends in a slash keeps it: two in a row are what Entra ID wants then.
            tokens.tokenEndpoint(base + "/oauth2/v2.0/token").scopes(name(cloud) + DEFAULT);
        }
    }

    private static String named(String name, String setting) {
        String target = requireNonNull(name, setting).strip();
        if (target.isEmpty() || target.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    setting + " must be one Application ID URI or client id, such as api://databricks-federation");
        }
        if (AzureDatabricks.names(target)) {
            throw new IllegalArgumentException(
                    setting + " is Azure Databricks itself, whose tokens are not exchanged: use"
                            + " azureDatabricks() and DatabricksTokenSource.direct(source)");
        }
        if (AzureDatabricks.isWorkspace(target)) {
            throw new IllegalArgumentException(setting + " is a workspace, which Entra ID does not know: name the API"
                    + " registered for the federation by its Application ID URI (App registrations > the API > Expose an"
                    + " API); or, without an exchange, use azureDatabricks() and DatabricksTokenSource.direct(source)");
        }
        return target;
    }
}
