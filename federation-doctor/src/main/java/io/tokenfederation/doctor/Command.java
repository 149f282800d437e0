// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the program can do. */
enum Command {
    CHECK("check the whole federation, role by role"),
    EXPLAIN("say what a JWT is, and what Databricks would say to it"),
    POLICY("print or set the federation policy your JWT needs"),
    HELP("explain a command: help check");

    private final String summary;

    Command(String summary) {
        this.summary = summary;
    }

    static Optional<Command> named(String name) {
        return Arrays.stream(values())
                .filter(command -> command.spelling().equals(name))
                .findFirst();
    }

    static List<String> spellings() {
        return Arrays.stream(values()).map(Command::spelling).toList();
    }

    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    String summary() {
        return summary;
    }

    /** {@return what it understands, beside --help} */
    Set<Option> options() {
        return switch (this) {
            case CHECK ->
                EnumSet.of(Option.CONFIG, Option.ROLE, Option.JSON, Option.JUNIT, Option.TIMEOUT, Option.NO_COLOR);
            case EXPLAIN -> EnumSet.of(Option.SP);
            case POLICY -> EnumSet.of(Option.CONFIG, Option.ROLE, Option.FORMAT, Option.APPLY);
            case HELP -> EnumSet.noneOf(Option.class);
        };
    }
}
