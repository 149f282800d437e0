// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Locale;

/** What a command can be told. */
enum Option {
    CONFIG("FILE", "read settings from this file too (properties or JSON); the environment wins"),
    ROLE("NAME", "this role only"),
    JSON("", "print the report as JSON, and nothing else"),
    JUNIT("FILE", "write the report there as JUnit XML as well"),
    TIMEOUT("SECONDS", "how long one request may take (10)"),
    SP("ID", "a service principal's application id: show the command and Terraform for it as well"),
    FORMAT("FORM", "cli, rest or terraform (cli)"),
    APPLY("", "create or change the policy; needs an administrator, see below"),
    NO_COLOR("", "no colour; also by the variable NO_COLOR, and where the output is no terminal"),
    HELP("", "this text"),
    VERSION("", "the version");

    private final String value;
    private final String meaning;

    Option(String value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    String spelling() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return what its value is called; empty if it takes none} */
    String value() {
        return value;
    }

    String meaning() {
        return meaning;
    }
}
