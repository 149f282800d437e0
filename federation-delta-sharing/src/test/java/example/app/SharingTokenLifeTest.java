// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.END;
import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.ScriptedServer.json;
import static example.app.ScriptedServer.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.KeptOnTheSpot;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often the identity provider is asked. */
class SharingTokenLifeTest {
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    /** A client that renews whatever lives less than ten minutes asks nine times here. */
    @Test
    void tokenOfFiveMinutesServesNineCalls() {
        Duration life = Duration.ofMinutes(5);
        server.at("/token", json(200, Jwts.issued(Jwts.living(life), life)));
        server.at("/shares", json(200, "{\"items\":[{\"name\":\"sales\"}]}"));
        server.at("/shares/sales/all-tables", json(200, "{\"items\":[{\"schema\":\"emea\",\"name\":\"orders\"}]}"));
        server.at(SharingTable.QUERY, lines(PROTOCOL, METADATA, END));
        SharingClient client = SharingClient.of(SharingProfile.parse(
                "{\"shareCredentialsVersion\":2,\"type\":\"oauth_client_credentials\",\"endpoint\":\"" + server.uri()
                        + "\",\"tokenEndpoint\":\"" + server.uri()
                        + "/token\",\"clientId\":\"id\",\"clientSecret\":\"secret\"}"));

        for (int round = 0; round < 3; round++) {
            client.shares()
                    .flatMap(share -> client.allTables(share.name()))
                    .forEach(
                            table -> assertThat(SharingTable.read(table::query)).isEmpty());
        }

        assertThat(server.requests("/token")).hasSize(1);
        assertThat(server.requests()).hasSize(1 + 9);
    }

    @Test
    void jobOfAnHourRunsOnTokensOfAMinuteWithoutAGap() {
        KeptOnTheSpot time = new KeptOnTheSpot();
        AtomicInteger minted = new AtomicInteger();
        DatabricksTokenSource tokens = time.keep(() -> {
            minted.incrementAndGet();
            return IdpToken.parse(Jwts.endingAt(time.instant().plusSeconds(60)));
        });
        server.at(SharingTable.PATH + "/version", (exchange, closed) -> {
            String bearer =
                    exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
            Instant end = IdpToken.parse(bearer).expiresAt();
            // As Databricks does, which refuses a token's last 30 seconds.
            int status = end.isBefore(time.instant().plusSeconds(30)) ? 401 : 200;
            json(status, "").header("delta-table-version", "1").to(exchange, closed);
        });
        SharingClient client = SharingTable.client(server).tokens(tokens).build();

        for (int second = 0; second < 3_600; second++) {
            assertThat(client.table("sales", "emea", "orders").version()).isEqualTo(1);
            time.advance(Duration.ofSeconds(1));
        }

        // Not one was refused, or there would have been a second request for it.
        assertThat(server.requests()).hasSize(3_600);
        // 20 of the 60 seconds are handed out, and renewal comes at 60 to 75 % of them.
        assertThat(minted.get()).isBetween(3_600 / 15 - 15, 3_600 / 12 + 15);
    }

    @Test
    void refusedJwtIsNotSentAgain() {
        AtomicInteger minted = new AtomicInteger();
        server.at(
                SharingTable.PATH + "/version",
                ScriptedServer.answer(401, "text/plain", "401 Unauthorized"),
                json(200, "").header("delta-table-version", "1"));
        SharingClient client = SharingTable.client(server)
                .idpTokenSource(() -> {
                    minted.incrementAndGet();
                    return IdpToken.parse(Jwts.living(Duration.ofHours(minted.get())));
                })
                .build();

        assertThat(client.table("sales", "emea", "orders").version()).isEqualTo(1);

        assertThat(minted).hasValue(2);
        List<String> sent = server.requests().stream()
                .map(request -> request.header("Authorization"))
                .distinct()
                .toList();
        assertThat(sent).hasSize(2);
    }
}
