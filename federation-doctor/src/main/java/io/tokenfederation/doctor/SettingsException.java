// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used: all mistakes at once, so that nobody mends them one by one. */
final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    SettingsException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::setting).collect(Collectors.joining(", ")), null, false, false);
        this.mistakes = List.copyOf(mistakes);
    }

    List<Mistake> mistakes() {
        return mistakes;
    }
}
