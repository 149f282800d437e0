// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import java.util.regex.Pattern;

/** Azure Databricks as Entra ID knows it: one application for all workspaces. */
final class AzureDatabricks {
    /** https://learn.microsoft.com/azure/databricks/dev-tools/auth/aad-token-manual */
    static final String APPLICATION = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    /** Workspaces of all clouds; no tenant can verify one of these domains, so none is an Application ID URI. */
    private static final Pattern WORKSPACE = Pattern.compile(
            "(https?://)?[^/]+\\.(azuredatabricks\\.net|databricks\\.azure\\.(us|cn)|databricks\\.com)([/:?].*)?",
            Pattern.CASE_INSENSITIVE);

    private AzureDatabricks() {}

    /** {@return whether this name of a target is the address of a workspace} */
    static boolean isWorkspace(String target) {
        return WORKSPACE.matcher(target).matches();
    }

    /** {@return whether this name of a target is Azure Databricks; a slash behind it is forgiven by Entra ID} */
    static boolean names(String target) {
        return target.replaceFirst("(/|/\\.default)+$", "").equalsIgnoreCase(APPLICATION);
    }
}
