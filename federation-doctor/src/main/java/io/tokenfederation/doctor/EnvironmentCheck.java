// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Do the variables of Databricks' own tools contradict each other? It does not disturb this check; it will the tools. */
final class EnvironmentCheck implements Check {
    static final String NAME = "environment";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Examination examination) {
        Map<String, String> environment = examination.setup().environment.orElse(Map.of());
        List<Problem> found = SurroundingsCheck.of(environment, ConfigProfile.of(environment));
        if (found.isEmpty()) {
            return new Outcome.Passed("the variables of Databricks' tools are in order, or not set");
        }
        Finding first = Finding.of(found.get(0));
        String all = found.stream().map(Problem::message).collect(Collectors.joining("; "));
        String fixes = found.stream().map(Problem::fix).distinct().collect(Collectors.joining(" "));
        return new Outcome.Warned(new Finding(first.code(), all, fixes, ""));
    }
}
