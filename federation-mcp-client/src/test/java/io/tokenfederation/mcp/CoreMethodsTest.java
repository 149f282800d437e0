// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreMethodsTest {
    private static final Pattern METHOD =
            Pattern.compile("\"(ping|initialize|(?:server|tools|resources|prompts|completion"
                    + "|logging|subscriptions|sampling|elicitation|roots|tasks|notifications)/[A-Za-z_/]+)\"");

    @Test
    void everyMethodThatTheClientNamesIsKnown() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                METHOD.matcher(Files.readString(source))
                        .results()
                        .map(MatchResult::group)
                        .map(quoted -> quoted.substring(1, quoted.length() - 1))
                        .forEach(named::add);
            }
        }

        assertThat(named)
                .contains("tools/call", "logging/setLevel")
                .allSatisfy(method -> assertThat(CoreMethods.instead(method)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "tasks/get", "tasks/result", "tasks/list", "tasks/cancel", "tasks/update"})
    void methodOfTheProtocolThatTheClientHasNothingForIsKnownToo(String method) {
        assertThat(CoreMethods.instead(method)).isPresent();
    }

    @Test
    void toSeeWhetherTheServerIsThereChangesNothing() {
        assertThat(CoreMethods.mayChangeSomething("ping")).isFalse();
    }
}
