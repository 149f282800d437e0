// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.OidcTokenSourceBuilder;

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
        return new EntraTarget(named(resource, "resource"), true);
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
        return target;
    }
}
