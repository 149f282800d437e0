// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/**
 * What a Genie space of a {@link LoopbackDatabricks} makes of a question: the SQL that answers it.
 *
 * <pre>{@code
 * databricks.genie().space("01ef", question -> "SELECT region, amount FROM sales");
 * }</pre>
 *
 * <p>The SQL is run by the stand-in's {@link SqlEngine} on behalf of whoever asks. Called by several threads at once.
 */
@FunctionalInterface
public interface GenieAgent {
    /**
     * Finds the SQL that answers a question.
     *
     * @param question the question, in a person's words
     * @return the SQL
     */
    String sqlFor(String question);
}
