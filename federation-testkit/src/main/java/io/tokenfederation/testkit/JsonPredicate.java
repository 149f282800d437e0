// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A predicate in the protocol's JSON ("JSON predicates for Filtering"), asked of a file: whether it may hold for one of its
 * rows, by partition values and statistics.
 */
final class JsonPredicate {
    private static final Set<String> COMPARISONS =
            Set.of("equal", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual");
    private static final Set<String> TYPES =
            Set.of("bool", "int", "long", "string", "date", "float", "double", "timestamp");

    private final JsonNode root;

    JsonPredicate(JsonNode root) {
        this.root = root;
    }

    /** Of the rows of a file, whether it can be true for one, and whether it can be false for one. */
    private record Verdict(boolean canBeTrue, boolean canBeFalse) {
        static final Verdict OPEN = new Verdict(true, true);

        @SuppressWarnings("ArgumentSelectionDefectChecker") // Swapped: that is what "not" does.
        Verdict inverted() {
            return new Verdict(canBeFalse, canBeTrue);
        }
    }

    /** Whether this is a predicate of the protocol's form, on columns that are there. */
    static boolean isOne(JsonNode node, SharedSchema schema) {
        String op = node.path("op").asText();
        JsonNode children = node.path("children");
        if (op.equals("and") || op.equals("or") || op.equals("not")) {
            boolean count = op.equals("not") ? children.size() == 1 : children.size() >= 2;
            for (JsonNode child : children) {
                count &= isOne(child, schema);
            }
            return count;
        }
        if (op.equals("isNull")) {
            return children.size() == 1 && isColumn(children.path(0), schema);
        }
        return COMPARISONS.contains(op)
                && children.size() == 2
                && isColumn(children.path(0), schema)
                && children.path(1).path("op").asText().equals("literal")
                && children.path(1).path("value").isTextual()
                && TYPES.contains(children.path(1).path("valueType").asText());
    }

    boolean mayHold(SharedFile file) {
        JsonNode stats = file.stats().flatMap(Json::object).orElse(Json.EMPTY);
        return verdict(root, file, stats).canBeTrue();
    }

    private static boolean isColumn(JsonNode node, SharedSchema schema) {
        String name = node.path("name").asText();
        return node.path("op").asText().equals("column")
                && TYPES.contains(node.path("valueType").asText())
                && (schema.columns().isEmpty()
                        || schema.columns().stream()
                                .anyMatch(column -> column.name().equals(name)));
    }

    private static Verdict verdict(JsonNode node, SharedFile file, JsonNode stats) {
        JsonNode children = node.path("children");
        String op = node.path("op").asText();
        if (op.equals("not")) {
            return verdict(children.path(0), file, stats).inverted();
        }
        if (op.equals("and") || op.equals("or")) {
            boolean and = op.equals("and");
            boolean canBeTrue = and;
            boolean canBeFalse = !and;
            for (JsonNode child : children) {
                Verdict one = verdict(child, file, stats);
                canBeTrue = and ? canBeTrue && one.canBeTrue() : canBeTrue || one.canBeTrue();
                canBeFalse = and ? canBeFalse || one.canBeFalse() : canBeFalse && one.canBeFalse();
            }
            return new Verdict(canBeTrue, canBeFalse);
        }
        String column = children.path(0).path("name").asText();
        Optional<String> partition = Optional.ofNullable(file.partitionValues().get(column));
        return op.equals("isNull") ? isNull(column, partition, stats) : compared(op, children, partition, stats);
    }

    private static Verdict isNull(String column, Optional<String> partition, JsonNode stats) {
        if (partition.isPresent()) {
            return new Verdict(partition.get().isEmpty(), !partition.get().isEmpty());
        }
        JsonNode nulls = stats.path("nullCount").path(column);
        return nulls.isNumber()
                ? new Verdict(
                        nulls.asLong() > 0,
                        nulls.asLong() < stats.path("numRecords").asLong())
                : Verdict.OPEN;
    }

    private static Verdict compared(String op, JsonNode children, Optional<String> partition, JsonNode stats) {
        String column = children.path(0).path("name").asText();
        String literal = children.path(1).path("value").asText();
        String type = children.path(1).path("valueType").asText();
        if (partition.isPresent() && partition.get().isEmpty()) {
            // A comparison with null is neither true nor false.
            return new Verdict(false, false);
        }
        String least = partition.orElse(stats.path("minValues").path(column).asText());
        String most = partition.orElse(stats.path("maxValues").path(column).asText());
        if (least.isEmpty() || most.isEmpty()) {
            return Verdict.OPEN;
        }
        try {
            return ranged(op, compare(least, literal, type), compare(most, literal, type));
        } catch (RuntimeException e) {
            // A value that is none of the type decides nothing.
            return Verdict.OPEN;
        }
    }

    /** Given how the least and the largest value of a column compare with the literal. */
    private static Verdict ranged(String op, int least, int most) {
        return switch (op) {
            case "equal" -> new Verdict(least <= 0 && most >= 0, least != 0 || most != 0);
            case "lessThan" -> new Verdict(least < 0, most >= 0);
            case "lessThanOrEqual" -> new Verdict(least <= 0, most > 0);
            case "greaterThan" -> new Verdict(most > 0, least <= 0);
            default -> new Verdict(most >= 0, least < 0);
        };
    }

    private static int compare(String value, String literal, String type) {
        return switch (type) {
            case "int", "long", "float", "double" -> new BigDecimal(value).compareTo(new BigDecimal(literal));
            case "timestamp" -> instant(value).compareTo(instant(literal));
            default -> value.compareTo(literal);
        };
    }

    private static Instant instant(String text) {
        return Instant.parse(text.contains("T") ? text : text.replace(' ', 'T') + "Z");
    }
}
