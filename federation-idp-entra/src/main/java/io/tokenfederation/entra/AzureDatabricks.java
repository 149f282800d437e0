// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

/** Azure Databricks as Entra ID knows it: one application for all workspaces. */
final class AzureDatabricks {
    /** https://learn.microsoft.com/azure/databricks/dev-tools/auth/aad-token-manual */
    static final String APPLICATION = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    private AzureDatabricks() {}

    /** {@return whether this name of a target is Azure Databricks} */
    static boolean names(String target) {
        return target.equalsIgnoreCase(APPLICATION);
    }
}
