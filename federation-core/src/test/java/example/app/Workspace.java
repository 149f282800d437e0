// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenExchangerBuilder;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.Assertions;

/** What the tests of one exchange share: a workspace on loopback, and a JWT that ends in an hour. */
final class Workspace implements AutoCloseable {
    static final ServicePrincipal WEST = ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede");
    final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3_600);
    final String jwt = Jwts.endingAt(end);

    final WireMockServer workspace =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    Workspace() {
        workspace.start();
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    String url() {
        return "http://127.0.0.1:" + workspace.port();
    }

    void answers(ResponseDefinitionBuilder answer) {
        workspace.stubFor(post(anyUrl()).willReturn(answer));
    }

    DatabricksTokenExchangerBuilder exchanger() {
        return DatabricksTokenExchanger.builder()
                .idpTokenSource(() -> IdpToken.parse(jwt))
                .requestTimeout(Duration.ofSeconds(20));
    }

    DatabricksTokenExchanger forWorkspace() {
        return exchanger().workspace(url()).build();
    }

    FederationException failure() {
        return failureOf(forWorkspace());
    }

    static FederationException failureOf(DatabricksTokenExchanger exchanger) {
        return Assertions.catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(WEST));
    }

    @Override
    public void close() {
        workspace.stop();
    }
}
