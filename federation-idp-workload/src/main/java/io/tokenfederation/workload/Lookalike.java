// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What people put where a JWT belongs, told by its form and never quoted. The last one is anything else. */
enum Lookalike {
    BEARER_PREFIX("(?i)Bearer\\s.*", " starts with 'Bearer '", "Put the JWT there alone, without 'Bearer ' before it."),
    QUOTED("[\"'`].*|.*[\"'`]", " has quotes around it", "Take the quotes away: a JWT starts with eyJ."),
    DATABRICKS_TOKEN(
            "dapi\\w+.*",
            " is a Databricks personal access token",
            "Put the runtime's own JWT there: a Databricks token is what comes out of the exchange and cannot go into it."),
    JSON("\\{.*", " is JSON", "Put the JWT there alone, taken out of the JSON: it starts with eyJ."),
    PLACEHOLDER(
            "\\$[({%].*|%\\w+%",
            " is a placeholder",
            "The placeholder was not replaced: define what it names, or spell it as this runtime wants it."),
    OTHER(".*", "", "Put the runtime's JWT there, whole and alone: three parts with dots between, starting with eyJ.");

    private final Pattern form;
    private final String words;
    private final String fix;

    Lookalike(String form, String words, String fix) {
        this.form = Pattern.compile(form, Pattern.DOTALL);
        this.words = words;
        this.fix = fix;
    }

    static Lookalike of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.form.matcher(text).matches())
                .findFirst()
                .orElse(OTHER);
    }

    /** {@return what it is, to follow the name of the place; empty if nobody knows} */
    String words() {
        return words;
    }

    String fix() {
        return fix;
    }
}
