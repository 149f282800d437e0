// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Environment variables. Some hold tokens, so none is ever printed. An empty one counts as not set, as CI systems do. */
final class Variables {
    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(requireNonNull(values, "environment"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    Map<String, String> asMap() {
        return values;
    }

    /** {@return the names only} */
    @Override
    public String toString() {
        return "Variables" + Set.copyOf(values.keySet());
    }
}
