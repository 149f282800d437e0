// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;

/** Waiting for something that only time brings. */
final class Pauses {
    private static final long BETWEEN_LOOKS = 3_000;

    private Pauses() {}

    static void threeSeconds() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FederatedCallException(
                    Problem.of(ErrorCode.TOKEN_WAIT_INTERRUPTED, "interrupted while a warehouse was starting"));
        }
    }
}
