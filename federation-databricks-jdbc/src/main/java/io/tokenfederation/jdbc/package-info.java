// SPDX-License-Identifier: Apache-2.0
/**
 * The Databricks JDBC driver runs on federated tokens.
 *
 * <p>{@code Pool(FederatedDataSource(Driver, DatabricksTokenSource))}: each new connection logs in with the token of that
 * moment, and is handed the next one before its own ends.
 */
@NullMarked
package io.tokenfederation.jdbc;

import org.jspecify.annotations.NullMarked;
