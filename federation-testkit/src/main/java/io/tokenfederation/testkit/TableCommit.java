// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.List;

/** One version of a table: what came, what went, and the rows that changed where a file of their own tells them. */
record TableCommit(
        long version, Instant at, List<SharedFile> added, List<SharedFile> removed, List<SharedFile> changes) {}
