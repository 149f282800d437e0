// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpTokenSource;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The two further headers by which Azure Databricks lets in a service principal that is not in the workspace yet, but is
 * Contributor or Owner of the workspace in Azure. It is added to the workspace with the first such request, as an admin; in
 * later requests the headers are not needed.
 *
 * <pre>{@code
 * AzureManagementHeaders management = AzureManagementHeaders.of(
 *     EntraTokenSource.builder().tenant(tenant).clientId(id).clientSecret(secret).azureManagement().build(),
 *     "/subscriptions/…/resourceGroups/…/providers/Microsoft.Databricks/workspaces/…");
 *
 * HttpRequest.Builder request = HttpRequest.newBuilder(uri)
 *     .header("Authorization", "Bearer " + databricks.token().value());
 * management.addTo(request::header);
 * }</pre>
 *
 * <p>The management token is kept and renewed ahead of time, as {@link DatabricksTokenSource#direct} does. It can do in
 * Azure whatever the service principal can, so send it to the workspace's own host only. It is shown nowhere; there is no
 * accessor for it. Thread-safe; create one and keep it.
 *
 * @see <a href="https://learn.microsoft.com/azure/databricks/dev-tools/auth/aad-token-manual">Azure Databricks: Microsoft
 *     Entra ID tokens</a>
 */
public final class AzureManagementHeaders {
    private static final Pattern WORKSPACE = Pattern.compile(
            "(?i)/subscriptions/[^/\\s]+/resourceGroups/[^/\\s]+/providers/Microsoft\\.Databricks/workspaces/[^/\\s]+");

    private final DatabricksTokenSource tokens;
    private final String workspaceResourceId;

    private AzureManagementHeaders(DatabricksTokenSource tokens, String workspaceResourceId) {
        this.tokens = tokens;
        this.workspaceResourceId = workspaceResourceId;
    }

    /**
     * The headers for one workspace.
     *
     * @param managementTokens tokens for Azure's management API, of the same service principal as the Databricks token:
     *     {@link EntraTokenSourceBuilder#azureManagement()}, or a managed identity's for
     *     {@link EntraCloud#managementResource()}
     * @param workspaceResourceId the workspace's resource id, as its JSON view in the Azure portal shows it
     * @return the headers
     * @throws IllegalArgumentException if it is no resource id of a workspace
     */
    public static AzureManagementHeaders of(IdpTokenSource managementTokens, String workspaceResourceId) {
        String id = requireNonNull(workspaceResourceId, "workspaceResourceId").strip();
        if (!WORKSPACE.matcher(id).matches() || !id.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("workspaceResourceId must be /subscriptions/<id>/resourceGroups/<name>"
                    + "/providers/Microsoft.Databricks/workspaces/<name>");
        }
        return new AzureManagementHeaders(
                DatabricksTokenSource.direct(requireNonNull(managementTokens, "managementTokens")), id);
    }

    /**
     * Adds both headers to a request. Call it for each request, since the token changes.
     *
     * @param request takes name and value, such as {@code builder::header}
     * @throws FederationException if no management token can be had
     */
    public void addTo(BiConsumer<String, String> request) {
        String token = tokens.token().value();
        request.accept("X-Databricks-Azure-SP-Management-Token", token);
        request.accept("X-Databricks-Azure-Workspace-Resource-Id", workspaceResourceId);
    }

    /** {@return the workspace's resource id} */
    @Override
    public String toString() {
        return "AzureManagementHeaders[" + workspaceResourceId + "]";
    }
}
