// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.List;
import java.util.Locale;

/**
 * A setting as Databricks' own SDKs read it: from a variable, else from the profile.
 *
 * @param variable the environment variable
 * @param field its name in a profile
 * @param method the way to log in that it belongs to; empty if it belongs to all
 * @see <a href="https://github.com/databricks/databricks-sdk-java/blob/main/databricks-sdk-java/src/main/java/com/databricks/sdk/core/DatabricksConfig.java">DatabricksConfig
 *     of the SDK for Java</a>
 */
record SdkSetting(String variable, String field, String method) {
    static final String AUTH_TYPE = "DATABRICKS_AUTH_TYPE";

    static final List<SdkSetting> ALL = List.of(
            general("HOST"),
            general("ACCOUNT_ID"),
            general("AUTH_TYPE"),
            of("TOKEN", "pat"),
            of("USERNAME", "basic"),
            of("PASSWORD", "basic"),
            of("CLIENT_ID", "oauth"),
            of("CLIENT_SECRET", "oauth"),
            of("OIDC_TOKEN_FILEPATH", "file-oidc"),
            of("OIDC_TOKEN_ENV", "env-oidc"),
            of("GOOGLE_SERVICE_ACCOUNT", "google"),
            new SdkSetting("GOOGLE_CREDENTIALS", "google_credentials", "google"),
            new SdkSetting("DATABRICKS_AZURE_RESOURCE_ID", "azure_workspace_resource_id", "azure"),
            new SdkSetting("ARM_CLIENT_ID", "azure_client_id", "azure"),
            new SdkSetting("ARM_CLIENT_SECRET", "azure_client_secret", "azure"),
            new SdkSetting("ARM_TENANT_ID", "azure_tenant_id", "azure"),
            new SdkSetting("ARM_USE_MSI", "azure_use_msi", "azure"));

    private static SdkSetting general(String name) {
        return of(name, "");
    }

    private static SdkSetting of(String name, String method) {
        return new SdkSetting("DATABRICKS_" + name, name.toLowerCase(Locale.ROOT), method);
    }
}
