// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer may stand for a new one, and for whom: what is private never leaves the token and the person it was
 * given to (2026-07-28, "Caching: Cache Scope Field").
 *
 * @param until the end of it, by {@link System#nanoTime()}
 * @param token whose answer it is; null if anybody's
 * @param headers on whose behalf it was asked for; null if anybody's
 */
record Freshness(
        long until,
        @Nullable DatabricksToken token,
        @Nullable CallHeaders headers) {
    boolean holdsFor(DatabricksToken now, CallHeaders asking) {
        boolean theirs = token == null || (token.equals(now) && asking.equals(headers));
        return theirs && System.nanoTime() - until < 0;
    }

    boolean anybodys() {
        return token == null;
    }

    boolean over() {
        return System.nanoTime() - until >= 0;
    }

    /** {@return for whom, without saying who that is} */
    @Override
    public String toString() {
        return "Freshness[" + (anybodys() ? "anybody's]" : "]");
    }
}
