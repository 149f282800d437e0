// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the head of a SKILL.md, and what is not. */
class FrontMatterTest {
    @Test
    void plainFieldsAreRead() {
        String document = """
                ---
                name: pdf-processing
                description: Extract, fill a#b & "join" - 3 of it's
                ---

                Body: "no field"
                ---
                """;

        assertThat(FrontMatter.of(document).fields())
                .containsExactly(
                        entry("name", "pdf-processing"),
                        entry("description", "Extract, fill a#b & \"join\" - 3 of it's"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name: a\n",
                "\n---\nname: a\n---\n",
                "---\nname: a\n",
                "--- \nname: a\n---\n",
                "---\n---\n",
                "---\r\nname: a\r\n---\r\n",
                "\uFEFF---\nname: a\n---\n"
            })
    void documentWithoutAPlainHeadIsRefused(String document) {
        assertThatThrownBy(() -> FrontMatter.of(document)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "# comment",
                "name",
                "name:",
                "name: ",
                "name:a",
                " name: a",
                "name:  a",
                "name: a ",
                "name: a # b",
                "name: a: b",
                "name: a:",
                "\"name\": a",
                "name: 'a'",
                "name: \"a\"",
                "name: |",
                "name: >-",
                "name: [a]",
                "name: {a: b}",
                "name: &a b",
                "name: *a",
                "name: !!str a",
                "name: - a",
                "name: ? a",
                "name: @a",
                "name: `a`",
                "name: %a",
                "- name: a",
                "? name",
                "name: a\tb",
                "name: a\u0085b",
                "...",
                "name: ~",
                "name: null",
                "name: True",
                "name: no",
                "name: 12",
                "name: 1.5e3",
                "name: 0x1F",
                "name: 1_000",
                "name: -1",
                "name: +1",
                "name: .5",
                "name: .inf",
                "name: +.INF",
                "name: 2026-07-28",
                "name: 12:30:45",
                "name: a\n  b",
                "name: a\nname: b",
                "name: a\n\nb: c"
            })
    void whatYamlMayReadOtherwiseIsRefused(String head) {
        assertThatThrownBy(() -> FrontMatter.of("---\n" + head + "\n---\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "nothing", "yes we can", "v1.5", "größe", "a,b", "http://x/y", "on-call", "1password"})
    void plainTextIsRead(String value) {
        assertThat(FrontMatter.of("---\nname: " + value + "\n---\n").fields()).containsExactly(entry("name", value));
    }
}
