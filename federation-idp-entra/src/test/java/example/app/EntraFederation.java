// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.EntraTokenSourceBuilder;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import org.assertj.core.api.Assertions;

/** A tenant and a workspace on loopback, with one application, one API and one service principal. */
final class EntraFederation implements AutoCloseable {
    static final String API = "api://databricks-federation";
    static final String CLIENT = "11111111-1111-1111-1111-111111111111";
    static final String SECRET = "c4n~ary.s3cret+x";

    final LoopbackIdp idp = LoopbackIdp.entra().start();
    final EntraRules entra = EntraRules.of(idp);
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    final ServicePrincipal principal = databricks.servicePrincipal("west_sales");

    EntraFederation() {
        idp.api(API).m2mClient(CLIENT, SECRET);
    }

    /** The policy as the guide says it must be for a token of version 2. */
    EntraFederation fittingPolicy() {
        return policy(idp.issuer(), entra.applicationId(API), idp.subjectOf(CLIENT));
    }

    EntraFederation policy(String issuer, String audience, String subject) {
        databricks.policy(
                principal,
                FederationPolicy.builder()
                        .issuer(issuer)
                        .audience(audience)
                        .subject(subject)
                        .build());
        return this;
    }

    EntraTokenSourceBuilder source() {
        return client().clientSecret(SECRET).application(API);
    }

    EntraTokenSourceBuilder client() {
        return EntraTokenSource.builder()
                .tenant(entra.tenantId())
                .authority(entra.authority().toString())
                .clientId(CLIENT);
    }

    DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build();
    }

    FederationException failure(IdpTokenSource source) {
        DatabricksTokenExchanger exchanger = exchanger(source);
        return Assertions.catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(principal));
    }

    @Override
    public void close() {
        databricks.close();
        idp.close();
    }
}
