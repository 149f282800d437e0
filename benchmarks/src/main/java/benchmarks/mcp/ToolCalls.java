// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

/** A client as its user calls it. Thread-safe. */
interface ToolCalls extends AutoCloseable {
    /**
     * Calls the tool and takes its answer out.
     *
     * @return the length of the text, or the number of rows
     */
    int call(Answer tool);

    @Override
    void close();

    /** What a call of the tool must return. */
    static int expected(Answer tool) {
        return tool == Answer.ROWS ? Answer.ROW_COUNT : Answer.TEXT.length();
    }
}
