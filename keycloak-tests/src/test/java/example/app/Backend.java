// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import keycloak.Realm;

/** A backend between a realm and a workspace: what is the same in all these tests. */
final class Backend implements AutoCloseable {
    static final String WORKSPACE = "https://adb-1234567890123456.7.azuredatabricks.net";
    /** Keycloak makes some keys when they are first asked for, and the machine may be busy. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    static final String SECRET = "s3cr3t of the backend: +/&=%~ä";

    final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    final ServicePrincipal west = databricks.servicePrincipal("west_sales", "sales-west");
    final ServicePrincipal finance = databricks.servicePrincipal("finance", "finance");

    /** The source of a client with {@link #SECRET}. */
    static OidcTokenSourceBuilder source(Realm realm, String clientId) {
        return OidcTokenSource.builder()
                .issuer(realm.issuer())
                .clientId(clientId)
                .clientSecret(SECRET)
                .requestTimeout(PATIENCE);
    }

    /** Both service principals trust tokens like this one. */
    void trust(IdpToken token) {
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(token.issuer())
                .audience(WORKSPACE)
                .subject(token.subject())
                .build();
        databricks.policy(west, policy);
        databricks.policy(finance, policy);
    }

    DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .requestTimeout(PATIENCE)
                .waitTimeout(PATIENCE)
                .build();
    }

    static IdpTokenSource counted(IdpTokenSource source, AtomicInteger mints) {
        return () -> {
            mints.incrementAndGet();
            return source.mint();
        };
    }

    @Override
    public void close() {
        databricks.close();
    }
}
