// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** Marks what is not there yet. */
final class Later {
    private Later() {}

    static <T> T yet(T anything) {
        if (anything != null) {
            throw new UnsupportedOperationException("not there yet");
        }
        return anything;
    }
}
