// SPDX-License-Identifier: Apache-2.0
package benchmarks;

/** Where a contender's tokens come from. */
interface Upstream extends AutoCloseable {
    /** {@return how often it was asked so far} */
    Calls calls();

    /** Refuses every call from now on, at once. */
    void fail();

    @Override
    void close();
}
