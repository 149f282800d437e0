// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The report for programs. Members are only ever added. */
final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    static String of(Report report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("workspace", report.subject());
        root.put("passed", report.passed());
        root.put("rolesPassed", report.rolesPassed());
        ArrayNode roles = root.putArray("roles");
        report.roles()
                .forEach((name, principal) -> roles.addObject()
                        .put("name", name)
                        .put("servicePrincipal", principal)
                        .put("passed", report.passed(name)));
        ArrayNode results = root.putArray("results");
        report.results().forEach(result -> write(result, results.addObject()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings cannot be written", e);
        }
    }

    private static void write(CheckResult result, ObjectNode node) {
        node.put("check", result.check());
        result.role().ifPresent(role -> node.put("role", role));
        node.put("outcome", result.outcome().mark());
        if (result.outcome() instanceof Outcome.Passed passed) {
            node.put("detail", passed.detail());
        }
        if (result.outcome() instanceof Outcome.Skipped skipped) {
            node.put("because", skipped.because());
        }
        result.outcome().finding().ifPresent(finding -> {
            node.put("code", finding.code()).put("cause", finding.cause()).put("fix", finding.fix());
            if (!finding.paste().isEmpty()) {
                node.put("paste", finding.paste());
            }
        });
        node.put("milliseconds", result.took().toMillis());
    }
}
