// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLineTest {
    private static Started run(String... arguments) {
        return Started.with(Map.of(), "", arguments);
    }

    @Test
    void helpListsEveryCommand() {
        Started help = run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("usage:").contains(Command.spellings());
        assertThat(run("help").out()).isEqualTo(help.out());
        assertThat(run("-h").out()).isEqualTo(help.out());
    }

    @ParameterizedTest
    @EnumSource
    void helpOfACommandNamesEachOfItsOptions(Command command) {
        Started help = run("help", command.spelling());

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .satisfies(text -> assertThat(command.options()).allMatch(option -> text.contains(option.spelling())))
                .doesNotContain("%")
                .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 130));
        assertThat(run(command.spelling(), "--help").out()).isEqualTo(help.out());
    }

    @ParameterizedTest
    @EnumSource
    void helpOfCheckNamesEverySetting(Variable variable) {
        assertThat(run("help", "check").out()).contains(variable.name(), variable.meaning());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | what shall I do",
                "chekc | did you mean check?",
                "check --jsno | did you mean --json?",
                "check --format=rest | check has no option --format",
                "explain --config=x | explain has no option --config",
                "check --junit | --junit needs a value",
                "check --json=1 | --json takes no value",
                "check --json --json | is there twice",
                "check west_sales | I do not understand 'west_sales'",
                "policy --format=xml | cli, rest or terraform",
                "check --junit=/no/such/directory/report.xml | cannot be written"
            })
    void whatIsNotUnderstoodIsSaidWithExitCodeTwo(String line, String said) {
        Started wrong = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains(said);
        assertThat(wrong.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "explain TOKEN",
        "TOKEN",
        "help TOKEN",
        "check TOKEN",
        "-TOKEN",
        "--TOKEN=1",
        "check --config TOKEN",
        "check --role=TOKEN",
        "policy --format TOKEN",
        "explain --sp TOKEN",
        "check --junit /no/such/TOKEN",
        "check --timeout TOKEN"
    })
    void aTokenInTheWrongPlaceIsNotRepeated(String line) {
        for (String token :
                new String[] {"eyJhbGciOiJS.eyJjYW5hcnki.c2ln", "dapi0123456789abcdef", "aB3xK9canaryZq7Lm2Pt"}) {
            Started wrong = run(line.replace("TOKEN", token).split(" "));

            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.all()).doesNotContain(token, token.substring(0, 12));
        }
    }

    @Test
    void explainSaysWhereATokenBelongs() {
        assertThat(run("explain", "token").err()).contains("the token comes on standard input: explain < token.txt");
    }

    @Test
    void versionIsSaid() {
        assertThat(run("--version").out()).startsWith("federation-doctor ");
    }
}
