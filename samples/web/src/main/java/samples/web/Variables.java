// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import samples.Settings;

/** Reads variables and collects what is wrong with them, so that all mistakes are told at once. A blank one is missing. */
final class Variables {
    private final Map<String, String> values;
    private final List<String> mistakes = new ArrayList<>();

    Variables(Map<String, String> values) {
        this.values = values;
    }

    /** Something is missing or wrong; each line names a variable and its fix, and shows no secret. */
    static final class Mistakes extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> lines;

        private Mistakes(List<String> lines) {
            super(String.join("\n", lines));
            this.lines = List.copyOf(lines);
        }

        List<String> lines() {
            return lines;
        }
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String or(String name, String otherwise) {
        return optional(name).orElse(otherwise);
    }

    boolean has(String name) {
        return optional(name).isPresent();
    }

    /** The value; empty, and a mistake, if there is none. */
    Optional<String> required(String name, String fix) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            mistake(name + " is not set", fix);
        }
        return value;
    }

    /** What is made of it; empty, and a mistake, if it cannot be. */
    <T> Optional<T> checked(String name, String fix, Supplier<T> made) {
        try {
            return Optional.of(made.get());
        } catch (Settings.Mistake e) {
            mistake(String.valueOf(e.getMessage()), fix);
        } catch (IllegalArgumentException | IllegalStateException e) {
            mistake(name + " is wrong: " + e.getMessage(), fix);
        }
        return Optional.empty();
    }

    void mistake(String what, String fix) {
        mistakes.add(what + " — fix: " + fix);
    }

    /** Ends the reading: nothing is used of settings that are partly wrong. */
    void requireNoMistake() {
        if (!mistakes.isEmpty()) {
            throw new Mistakes(mistakes);
        }
    }
}
