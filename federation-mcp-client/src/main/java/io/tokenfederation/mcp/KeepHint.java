// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;

/** What a server says about keeping an answer (2026-07-28, "Caching"); read field by field. For one thread. */
final class KeepHint {
    /** A server that says a year has most likely not thought of us. */
    private static final long LONGEST = Duration.ofDays(1).toMillis();

    private long millis;
    private boolean shared;

    /** Reads the field if it is one of those. */
    boolean read(String name, JsonParser json) throws IOException {
        if (name.equals("ttlMs")) {
            millis = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? within(json) : 0;
            json.skipChildren();
            return true;
        }
        if (name.equals("cacheScope")) {
            // Whatever else it says, or if it says nothing, the answer is nobody else's.
            shared = json.currentToken() == JsonToken.VALUE_STRING
                    && json.getText().equals("public");
            json.skipChildren();
            return true;
        }
        return false;
    }

    private static long within(JsonParser json) throws IOException {
        boolean huge = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
        long asked = huge ? Math.max(0, json.getBigIntegerValue().signum()) * LONGEST : json.getLongValue();
        return Math.max(0, Math.min(asked, LONGEST));
    }

    /** How long it holds from now on, and for whom. */
    Freshness from(Asked asked, CallHeaders headers) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        return shared ? new Freshness(until, null, null) : new Freshness(until, asked.token(), headers);
    }
}
