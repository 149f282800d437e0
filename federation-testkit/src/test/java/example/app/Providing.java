// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.FederationPolicyBuilder;
import io.tokenfederation.policy.RecipientGrant;
import io.tokenfederation.policy.ShareProvider;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackShareApi;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.MetastorePrivilege;

/** A workspace with the share {@code sales}, a provider who may do just enough, and the server its recipients call. */
final class Providing implements AutoCloseable {
    static final String TENANTS_AUDIENCE = "66666666-2222-3333-4444-555555555555";

    final FakeClock clock = new FakeClock();
    final LoopbackIdp idp = LoopbackIdp.entra().clock(clock).start();
    final LoopbackDatabricks databricks =
            LoopbackDatabricks.builder().clock(clock).start();
    final LoopbackSharingServer server =
            LoopbackSharingServer.builder().metastoreOf(databricks).clock(clock).start();
    final LoopbackShareApi api = databricks.shareApi();
    final ServicePrincipal data = databricks.servicePrincipal("data-provider");
    final ServicePrincipal stranger = databricks.servicePrincipal("stranger");
    final ShareProvider provider = as(data);

    Providing() {
        api.share("sales", data).allow(data, MetastorePrivilege.CREATE_RECIPIENT);
    }

    ShareProvider as(ServicePrincipal principal) {
        return ShareProvider.of(databricks.workspaceUrl().toString(), databricks.tokensOf(principal));
    }

    /** Acme, known by an object id, may read the share. */
    RecipientGrant acme() {
        return RecipientGrant.to("acme")
                .policy("nightly-job", policy("oid", "11111111-2222-3333-4444-555555555555"))
                .share("sales");
    }

    FederationPolicy policy(String claim, String subject) {
        return builder().subjectClaim(claim).subject(subject).build();
    }

    private FederationPolicyBuilder builder() {
        return FederationPolicy.builder().issuer(idp.issuer()).audience(TENANTS_AUDIENCE);
    }

    @Override
    public void close() {
        server.close();
        databricks.close();
        idp.close();
    }
}
