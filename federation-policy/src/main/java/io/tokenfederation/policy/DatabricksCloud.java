// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a Databricks account's own API answers; policies of service principals and of the account are kept there, not in
 * a workspace.
 *
 * <pre>{@code
 * DatabricksCloud cloud = DatabricksCloud.ofWorkspace(workspaceUrl).orElseThrow();
 * }</pre>
 *
 * <p>Hosts and zones as in Databricks' SDKs.
 */
public enum DatabricksCloud {
    /** Databricks on AWS. */
    AWS("accounts", ".cloud.databricks.com"),
    /** Azure Databricks. */
    AZURE("accounts", ".azuredatabricks.net"),
    /** Databricks on Google Cloud. */
    GCP("accounts", ".gcp.databricks.com"),
    /** Databricks on AWS GovCloud. */
    AWS_GOV("accounts", ".cloud.databricks.us"),
    /** Databricks on AWS GovCloud for the Department of Defense. */
    AWS_GOV_DOD("accounts-dod", ".cloud.databricks.mil"),
    /** Azure Databricks for the US government. */
    AZURE_GOV("accounts", ".databricks.azure.us"),
    /** Azure Databricks in China. */
    AZURE_CHINA("accounts", ".databricks.azure.cn");

    private final String account;
    private final String zone;

    DatabricksCloud(String account, String zone) {
        this.account = account;
        this.zone = zone;
    }

    /** {@return the address of the account console and the account API, without a slash at its end} */
    public URI accountUrl() {
        return URI.create("https://" + account + zone);
    }

    /**
     * Finds the cloud of a workspace by its address.
     *
     * @param workspaceUrl such as {@code https://adb-1234567890123456.7.azuredatabricks.net}
     * @return the cloud; empty if the address is in no zone of Databricks, such as one of your own
     * @throws IllegalArgumentException if it is no https URL
     */
    public static Optional<DatabricksCloud> ofWorkspace(String workspaceUrl) {
        URI uri = HttpTransport.parse(requireNonNull(workspaceUrl, "workspaceUrl"), "the workspace");
        return of(HttpTransport.requireSecure(uri, "the workspace").getHost());
    }

    static Optional<DatabricksCloud> of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(cloud -> name.endsWith(cloud.zone))
                .findFirst();
    }
}
