// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadsTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede");
    private static final Map<String, String> ABOUT = Map.of("Mcp-Method", "tools/call", "Mcp-Name", "query");

    private final Heads heads = new Heads();
    private final DatabricksToken token = token("t1");

    @Test
    void sameRequestInTheSameNameHasTheSameHeaders() {
        HttpHeaders first = heads.of(token, role("west"), ABOUT);

        assertThat(heads.of(token, role("west"), Map.copyOf(ABOUT))).isSameAs(first);
    }

    @Test
    void anotherTokenIsSentFromThenOn() {
        heads.of(token, role("west"), ABOUT);

        HttpHeaders next = heads.of(token("t2"), role("west"), ABOUT);

        assertThat(next.allValues("Authorization")).containsExactly("Bearer t2");
        assertThat(next.allValues("X-Databricks-Token")).containsExactly("t2");
    }

    @Test
    void nobodyIsTakenForAnotherHoweverManyThereAre() {
        assertThat(IntStream.range(0, 1_000).boxed())
                .allSatisfy(i -> assertThat(
                                heads.of(token, role("r" + i), ABOUT).firstValue("X-Caller-Role"))
                        .hasValue("r" + i));
    }

    @Test
    void otherHeadersOfTheRequestAreItsOwn() {
        heads.of(token, role("west"), Map.of("Mcp-Session-Id", "one"));

        HttpHeaders other = heads.of(token, role("west"), Map.of("Mcp-Session-Id", "two"));

        assertThat(other.allValues("Mcp-Session-Id")).containsExactly("two");
    }

    @Test
    void nothingIsKeptThatCarriesATokenAnotherHasFollowed() {
        HttpHeaders first = heads.of(token, role("west"), ABOUT);

        heads.of(token("t2"), role("east"), ABOUT);

        assertThat(heads.of(token, role("west"), ABOUT)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void sameTokenInAnotherObjectIsTheSame() {
        HttpHeaders first = heads.of(token, role("west"), ABOUT);

        assertThat(heads.of(token("t1"), role("west"), ABOUT)).isSameAs(first);
    }

    @Test
    void argumentsOfAToolAreNotKept() {
        Map<String, String> about = Map.of("Mcp-Method", "tools/call", "Mcp-Param-Patient", "Doe");

        HttpHeaders first = heads.of(token, role("west"), about);

        assertThat(first.firstValue("Mcp-Param-Patient")).hasValue("Doe");
        assertThat(heads.of(token, role("west"), about)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void allGoesWithAPost() {
        HttpHeaders all = heads.of(token, role("west"), ABOUT);

        assertThat(all.map().keySet())
                .containsExactlyInAnyOrder(
                        "Accept",
                        "Authorization",
                        "Content-Type",
                        "Mcp-Method",
                        "Mcp-Name",
                        "X-Caller-Role",
                        "X-Databricks-Token");
        assertThat(all.firstValue("Content-Type")).hasValue("application/json");
        assertThat(all.firstValue("Accept")).hasValue("application/json, text/event-stream");
    }

    private static CallHeaders role(String name) {
        return CallHeaders.NONE.role(new ResolvedRole(name, "idp-role", WEST)).forwardToken(true);
    }

    private static DatabricksToken token(String value) {
        return DatabricksToken.of(value, Instant.MAX);
    }
}
