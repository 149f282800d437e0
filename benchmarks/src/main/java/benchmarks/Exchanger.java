// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.ServicePrincipal;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** This library, with its defaults: its boundaries come from the token's life and cannot be set. */
final class Exchanger {
    private Exchanger() {}

    /** One exchanger for all; the cell is looked up on each call. */
    static Contender byPrincipal(Conditions conditions) {
        StandIns standIns = new StandIns(conditions);
        DatabricksTokenExchanger exchanger = exchanger(standIns);
        return new Contender(standIns, identity -> {
            ServicePrincipal principal = standIns.principal(identity);
            return () -> exchanger.tokenFor(principal).value();
        });
    }

    /** One exchanger for all; each source knows its cell. */
    static Contender bySource(Conditions conditions) {
        StandIns standIns = new StandIns(conditions);
        DatabricksTokenExchanger exchanger = exchanger(standIns);
        return new Contender(standIns, identity -> {
            DatabricksTokenSource source = exchanger.sourceFor(standIns.principal(identity));
            return () -> source.token().value();
        });
    }

    /** A new exchanger for each token. Connections and threads are kept, as they are in every contender. */
    static Source cold(StandIns standIns) {
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "attempt");
            thread.setDaemon(true);
            return thread;
        });
        IdpTokenSource idp = idp(standIns).httpClient(http).build();
        return () -> DatabricksTokenExchanger.builder()
                .workspace(standIns.workspace())
                .idpTokenSource(idp)
                .httpClient(http)
                .executor(executor)
                .build()
                .tokenFor(standIns.principal(0))
                .value();
    }

    private static DatabricksTokenExchanger exchanger(StandIns standIns) {
        return DatabricksTokenExchanger.builder()
                .workspace(standIns.workspace())
                .idpTokenSource(idp(standIns).build())
                .build();
    }

    private static OidcTokenSourceBuilder idp(StandIns standIns) {
        return OidcTokenSource.builder()
                .tokenEndpoint(standIns.idpEndpoint().toString())
                .clientId(StandIns.CLIENT)
                .clientSecret(StandIns.SECRET)
                .audience(StandIns.AUDIENCE);
    }
}
