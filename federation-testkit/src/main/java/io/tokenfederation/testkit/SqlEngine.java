// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/**
 * Runs the SQL statements a {@link LoopbackDatabricks} is sent.
 *
 * <pre>{@code
 * SqlEngine engine = statement -> SqlRows.of("current_user()", statement.currentUser());
 * }</pre>
 *
 * <p>Called by several threads at once. Throws {@link SqlFailure} for a statement that fails.
 */
@FunctionalInterface
public interface SqlEngine {
    /**
     * Runs one statement.
     *
     * @param statement the statement, and on whose behalf it is run
     * @return its rows
     * @throws SqlFailure if the statement fails
     */
    SqlRows run(SqlStatement statement);
}
