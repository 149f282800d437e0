// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings as they were given: by the environment, or in a file, which counts where the environment says nothing. A
 * blank one is a missing one. Some are secrets, so none is printed.
 */
final class Configuration {
    private final Map<String, String> environment;
    private final Map<Variable, String> values = new EnumMap<>(Variable.class);

    Configuration(Map<String, String> environment, Map<Variable, String> file) {
        this.environment = Map.copyOf(environment);
        for (Variable variable : Variable.values()) {
            Optional.ofNullable(environment.get(variable.name()))
                    .filter(value -> !value.isBlank())
                    .or(() -> Optional.ofNullable(file.get(variable)))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> values.put(variable, value));
        }
        also(Variable.DB_HOST, "DATABRICKS_HOST");
        also(Variable.DB_ACCOUNT_ID, "DATABRICKS_ACCOUNT_ID");
        also(Variable.DB_WAREHOUSE_ID, "DATABRICKS_WAREHOUSE_ID");
    }

    /** What Databricks' own tools call it. */
    private void also(Variable variable, String name) {
        Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> values.putIfAbsent(variable, value));
    }

    Optional<String> find(Variable variable) {
        return Optional.ofNullable(values.get(variable));
    }

    boolean has(Variable variable) {
        return values.containsKey(variable);
    }

    List<Variable> missing(Variable.Need need) {
        return Arrays.stream(Variable.values())
                .filter(variable -> variable.need() == need && !has(variable))
                .toList();
    }

    Map<String, String> environment() {
        return environment;
    }

    /** {@return the names only} */
    @Override
    public String toString() {
        return "Configuration" + values.keySet();
    }
}
