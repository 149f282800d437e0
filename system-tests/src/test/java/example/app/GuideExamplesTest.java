// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenDemand;
import io.tokenfederation.TokenEvent;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shorter examples of the guides, as they stand there. */
class GuideExamplesTest {
    @Test
    void personsTokenIsSignedAndVerified() {
        try (LoopbackIdp idp = LoopbackIdp.auth0().start()) {
            String personsToken = idp.userToken("auth0|7")
                    .audience("sales-portal")
                    .email("sarah@partner.example")
                    .claim("https://example.com/role", "sales-west")
                    .sign();

            assertThat(verified(idp.issuer(), personsToken).email()).contains("sarah@partner.example");
        }
    }

    private static Caller verified(String issuer, String bearerToken) {
        CallerVerifier callers = CallerVerifier.builder()
                .issuer(issuer) // https://<domain>/, with the slash
                .audience("sales-portal") // the Identifier of the backend's API; for ID tokens, the SPA's client id
                .build();
        Caller caller = callers.verify(bearerToken);
        return caller;
    }

    @Test
    void faultsComeAndGo() {
        try (Deployment deployment = new Deployment()) {
            LoopbackIdp idp = deployment.idp;
            LoopbackDatabricks databricks = deployment.databricks;
            DatabricksTokenExchanger exchanger = deployment.exchanger();
            ServicePrincipal west = deployment.principal("west_sales");
            Auth0TokenSource.Builder source = deployment.auth0();

            databricks.tokenEndpoint().failNext(1, Fault.rateLimited(Duration.ofSeconds(30)));
            assertThatThrownBy(() -> exchanger.tokenFor(west)).hasMessageContaining("EXCHANGE_RATE_LIMITED");
            databricks.tokenEndpoint().recover();

            idp.failAlways(Fault.stalledBody());
            // source is the builder from above
            Auth0TokenSource hurried =
                    source.requestTimeout(Duration.ofMillis(200)).build();
            assertThatThrownBy(hurried::mint).hasMessageContaining("IDP_UNREACHABLE");
            idp.recover();

            // Not the hurried one: a busy machine may need longer than it waits.
            assertThat(deployment.exchanger().tokenFor(west)).isNotNull();
        }
    }

    @Test
    void fileIsASource(@TempDir Path directory) throws IOException {
        try (Deployment deployment = new Deployment()) {
            Path tokenFile = directory.resolve("token");
            Files.writeString(tokenFile, deployment.auth0().build().mint().value() + "\n");

            IdpTokenSource projected =
                    () -> IdpToken.parse(Files.readString(tokenFile).strip());

            assertThat(deployment.exchanger(projected).tokenFor(deployment.principal("finance")))
                    .isNotNull();
        }
    }

    @Test
    void tokensAreHadInSeveralWays() {
        try (Deployment deployment = new Deployment()) {
            DatabricksTokenExchanger databricks = deployment.exchanger();
            ServicePrincipal principal = deployment.principal("finance");
            DatabricksToken first = databricks.tokenFor(principal);

            DatabricksToken forLongWork = databricks.tokenFor(
                    principal, TokenDemand.livingFor(Duration.ofMinutes(20)).within(Duration.ofSeconds(5)));
            CompletableFuture<DatabricksToken> later = databricks.tokenForAsync(principal);
            Optional<DatabricksToken> ifThere = databricks.readyTokenFor(principal);

            assertThat(forLongWork).isEqualTo(first);
            assertThat(later.join()).isEqualTo(first);
            assertThat(ifThere).contains(first);
        }
    }

    @Test
    void listenerCountsFailures() {
        try (Deployment deployment = new Deployment()) {
            Map<String, LongAdder> failures = new ConcurrentHashMap<>();
            deployment.idp.failAlways(Fault.status(401));
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(deployment.databricks.workspaceUrl().toString())
                    .idpTokenSource(deployment.auth0().build())
                    // On the caller's thread, so that the events are there when the call returns.
                    .executor(Runnable::run)
                    .listener(event -> {
                        if (event instanceof TokenEvent.AttemptFailed failed) {
                            failures.computeIfAbsent(failed.failure().code(), code -> new LongAdder())
                                    .increment();
                        }
                    })
                    .build();

            assertThatThrownBy(() -> databricks.tokenFor(deployment.principal("finance")))
                    .isInstanceOf(RuntimeException.class);

            assertThat(failures).containsKey("IDP_CLIENT_REJECTED");
        }
    }
}
