// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.TableFiles;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.RecipientGrant;
import io.tokenfederation.policy.ShareProvider;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.LoopbackTable;
import io.tokenfederation.testkit.MetastorePrivilege;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedSchema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the guide to testing what reads shares and what provides them. */
class SharingStandInsTest {
    private static final String AUDIENCE = "api://sharing";

    private final LoopbackIdp idp = LoopbackIdp.oidc().start();
    private final IdpTokenSource source =
            () -> IdpToken.parse(idp.userToken("nightly-job").audience(AUDIENCE).sign());
    private final FederationPolicy policy = FederationPolicy.builder()
            .issuer(idp.issuer())
            .audience(AUDIENCE)
            .subject("nightly-job")
            .build();

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void sharesAreReadAndTakenAway() {
        try (LoopbackSharingServer server = LoopbackSharingServer.builder().start()) {
            SharingClient client = shared(server);

            SharedTable orders = client.table("sales", "public", "orders");
            server.grant("acme", "sales");
            try (TableFiles files = orders.query()) {
                DataFile file = files.files().findFirst().orElseThrow();
                SharingException late = catchThrowableOfType(SharingException.class, () -> client.open(file));
                assertThat(late.code()).isEqualTo("SHARING_FILE_EXPIRED");
            }
            server.revoke("acme", "sales");
            SharingException gone = catchThrowableOfType(SharingException.class, orders::version);
            assertThat(gone.code()).isEqualTo("SHARING_NOT_FOUND");
        }
    }

    private SharingClient shared(LoopbackSharingServer server) {
        LoopbackTable orders = server.table(
                "sales",
                "public",
                "orders",
                SharedSchema.of(SharedColumn.of("id", "long"), SharedColumn.of("item", "string")));
        orders.append(List.of(Map.of("id", 1L, "item", "tent"), Map.of("id", 2L, "item", "stove"))); // version 1
        server.recipient("acme", policy).grant("acme", "sales");
        SharingClient client = SharingClient.builder()
                .endpoint(server.recipientEndpoint("acme"))
                .idpTokenSource(source)
                .build();

        assertThat(client.allTables("sales").map(SharedTable::toString)).containsExactly("sales.public.orders");
        server.api().failNext(1, Fault.cutConnection()); // the client asks again
        assertThat(client.table("sales", "public", "orders").version()).isEqualTo(1);
        server.urlLifetime(Duration.ZERO); // addresses that have ended when they come: SHARING_FILE_EXPIRED
        server.revoke("acme", "sales"); // as if the share were not there: SHARING_NOT_FOUND
        return client;
    }

    @Test
    void whatIsGrantedOverRestIsReadAtTheSharingServer() {
        try (LoopbackDatabricks databricks = LoopbackDatabricks.builder().start()) {
            ServicePrincipal provider = databricks.servicePrincipal("provider");
            RecipientGrant grant = RecipientGrant.to("acme").policy(policy).share("sales");
            String workspaceUrl = databricks.workspaceUrl().toString();

            databricks.shareApi().share("sales", provider).allow(provider, MetastorePrivilege.CREATE_RECIPIENT);
            databricks.shareApi().writes().failNext(1, Fault.lostAnswer()); // done, and the answer never came
            LoopbackSharingServer sharing =
                    LoopbackSharingServer.builder().metastoreOf(databricks).start();

            ShareProvider.of(workspaceUrl, databricks.tokensOf(provider)).ensure(grant);
            URI endpoint = sharing.recipientEndpoint("acme"); // what the recipient is sent

            try (sharing) {
                SharingClient client = SharingClient.builder()
                        .endpoint(endpoint)
                        .idpTokenSource(source)
                        .build();
                assertThat(client.shares()).extracting(share -> share.name()).containsExactly("sales");
                assertThat(databricks.shareApi().writeRequests()).isPositive();
            }
        }
    }
}
