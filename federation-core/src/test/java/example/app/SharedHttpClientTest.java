// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each HTTP client of the JDK has threads of its own; ten sources need not have ten clients. */
class SharedHttpClientTest {
    @Test
    void sourcesAndExchangersWithoutAClientOfTheirOwnShareOne() throws Exception {
        try (Workspace workspace = new Workspace()) {
            workspace.answers(json(200, "{\"access_token\":\"" + workspace.jwt + "\",\"token_type\":\"Bearer\"}"));
            Set<String> before = clients();
            List<OidcTokenSource> sources = IntStream.range(0, 10)
                    .mapToObj(each -> OidcTokenSource.builder()
                            .tokenEndpoint(workspace.url() + "/token")
                            .clientId("client-" + each)
                            .clientSecret("secret")
                            .build())
                    .toList();
            DatabricksTokenExchanger exchanger = DatabricksTokenExchanger.builder()
                    .workspace(workspace.url())
                    .usersOnly()
                    .build();

            for (IdpTokenSource source : sources) {
                exchanger.tokenForUser(source.mint());
            }

            Set<String> added = clients();
            added.removeAll(before);
            assertThat(added).hasSizeLessThanOrEqualTo(1);
            assertThat(sources).as("what has kept the clients alive").hasSize(10);
        }
    }

    /** {@return one name for each client there is: each has one such thread} */
    private static Set<String> clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("HttpClient-") && name.endsWith("-SelectorManager"))
                .collect(Collectors.toSet());
    }
}
