// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.UUID;

/** A policy as it is stored. */
record KeptPolicy(String id, String uid, PolicyText text, Instant createdAt, Instant updatedAt) {
    static KeptPolicy create(String id, PolicyText text, Instant now) {
        return new KeptPolicy(id, UUID.randomUUID().toString(), text, now, now);
    }

    KeptPolicy saying(PolicyText other, Instant now) {
        return new KeptPolicy(id, uid, other, createdAt, now);
    }
}
