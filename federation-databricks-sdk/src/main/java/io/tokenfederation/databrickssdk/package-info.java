// SPDX-License-Identifier: Apache-2.0
/**
 * The official Databricks SDK for Java runs on federated tokens.
 *
 * <p>{@code WorkspaceClient(DatabricksConfig(FederatedCredentials(DatabricksTokenSource)))}: the SDK asks the credentials
 * for a header on every request, and sends it through an HTTP client that answers a refused token with another one.
 */
@NullMarked
package io.tokenfederation.databrickssdk;

import org.jspecify.annotations.NullMarked;
