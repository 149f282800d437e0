// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One client that calls for an hour with tokens that live for a minute, against stand-ins that check every one of them. Time
 * is moved by hand; in this package, because the exchanger's clocks are nobody else's to set.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnHourOfShortTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofSeconds(6);
    private static final String WORKSPACE = "https://adb-1.example.com";

    private final AtomicLong passed = new AtomicLong();
    private final Clock clock = new Clock() {
        private final Instant begin = Instant.parse("2026-11-22T08:00:00Z");

        @Override
        public Instant instant() {
            return begin.plusNanos(passed.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @ParameterizedTest
    @EnumSource
    void noCallFailsAndEachTokenIsFetchedOnce(McpEra era) {
        try (LoopbackIdp idp = LoopbackIdp.auth0().clock(clock).start();
                LoopbackDatabricks databricks =
                        LoopbackDatabricks.builder().clock(clock).start();
                LoopbackMcpServer server = LoopbackMcpServer.start(databricks)) {
            server.speak(era);
            idp.api(WORKSPACE).m2mClient("backend", "s3cr3t").grant("backend", WORKSPACE);
            idp.lifetime(LIFETIME);
            ServicePrincipal principal = databricks.servicePrincipal("west_sales");
            databricks.policy(
                    principal,
                    FederationPolicy.builder()
                            .issuer(idp.issuer())
                            .audience(WORKSPACE)
                            .subject("backend@clients")
                            .build());
            long calls = 0;
            try (McpClient mcp = McpClient.builder(server.uri())
                    .tokens(exchanger(idp, databricks).sourceFor(principal))
                    .forwardToken(true)
                    .build()) {
                for (; passed.get() < HOUR.toNanos(); passed.addAndGet(STEP.toNanos())) {
                    assertThat(mcp.callTool("whoami", Map.of()).isError())
                            .as("after %s", Duration.ofNanos(passed.get()))
                            .isFalse();
                    calls++;
                }
            }

            assertThat(calls).isEqualTo(HOUR.dividedBy(STEP));
            assertThat(server.toolCalls()).isEqualTo(calls);
            assertThat(databricks.exchangeRequests())
                    .isEqualTo(idp.tokenRequests())
                    .isBetween(HOUR.dividedBy(LIFETIME), 4 * HOUR.dividedBy(LIFETIME));
        }
    }

    private DatabricksTokenExchanger exchanger(LoopbackIdp idp, LoopbackDatabricks databricks) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(Auth0TokenSource.builder()
                        .domain(idp.issuer())
                        .clientId("backend")
                        .clientSecret("s3cr3t")
                        .audience(WORKSPACE)
                        .build())
                .executor(Runnable::run)
                .clocks(new Clocks(clock, passed::get, time -> passed.addAndGet(time.toNanos())))
                .build();
    }
}
