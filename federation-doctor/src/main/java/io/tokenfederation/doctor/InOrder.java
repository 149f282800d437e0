// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps whose order means something, which Map.copyOf would lose. */
final class InOrder {
    private InOrder() {}

    static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
