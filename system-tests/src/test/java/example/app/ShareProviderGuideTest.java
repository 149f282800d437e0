// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingProfile;
import io.tokenfederation.deltasharing.TableFiles;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.GrantReport;
import io.tokenfederation.policy.RecipientGrant;
import io.tokenfederation.policy.RecipientProfile;
import io.tokenfederation.policy.ShareProvider;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.MetastorePrivilege;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedSchema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the provider's guide, one after the other: what is granted there is read by a client. */
class ShareProviderGuideTest {
    private static final String AUDIENCE = "66666666-2222-3333-4444-555555555555";
    private static final String OBJECT_ID = "11111111-2222-3333-4444-555555555555";

    @Test
    void whatTheProviderGrantsTheRecipientReads() {
        LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
        ServicePrincipal provider = databricks.servicePrincipal("provider");
        databricks.shareApi().share("sales", provider).allow(provider, MetastorePrivilege.CREATE_RECIPIENT);
        LoopbackSharingServer sharing =
                LoopbackSharingServer.builder().metastoreOf(databricks).start();
        sharing.table("sales", "public", "orders", SharedSchema.of(SharedColumn.of("id", "long")))
                .append(List.of(Map.of("id", 1L), Map.of("id", 2L)));

        try (databricks;
                sharing;
                LoopbackIdp idp = LoopbackIdp.entra().start()) {
            granted(databricks.workspaceUrl().toString(), databricks.tokensOf(provider), idp.issuer());
            SharingClient client = SharingClient.builder()
                    .endpoint(sharing.recipientEndpoint("acme"))
                    .idpTokenSource(() -> token(idp, OBJECT_ID))
                    .build();
            try (TableFiles files = client.table("sales", "public", "orders").query()) {
                assertThat(files.files())
                        .extracting(file -> file.numRecords().orElse(0))
                        .containsExactly(2L);
            }
            assertThat(differences(policy(idp.issuer(), AUDIENCE, OBJECT_ID), token(idp, "somebody")))
                    .isEqualTo(1);
        }
    }

    @Test
    void theProfileIsReadByTheClient() {
        String json = profile(
                URI.create("https://oregon.cloud.databricks.com/api/2.0/delta-sharing/metastores/m/recipients/r"),
                URI.create("https://login.microsoftonline.com/t/oauth2/v2.0/token"),
                "4f3a",
                AUDIENCE + "/.default");

        assertThat(SharingProfile.parse(json).endpoint()).hasHost("oregon.cloud.databricks.com");
    }

    private static void granted(String workspaceUrl, DatabricksTokenSource tokens, String issuer) {
        String audience = AUDIENCE;
        String objectId = OBJECT_ID;

        FederationPolicy policy = FederationPolicy.builder()
                .issuer(issuer) // https://login.microsoftonline.com/<tenant>/v2.0
                .audience(audience)
                .subjectClaim("oid")
                .subject(objectId)
                .build();
        RecipientGrant acme = RecipientGrant.to("acme")
                .comment("nightly job of Acme")
                .property("country", "DE")
                .policy("nightly-job", policy)
                .share("sales");

        GrantReport report = ShareProvider.of(workspaceUrl, tokens).ensure(acme);
        System.out.println(report);

        assertThat(report).hasToString("created recipient acme\ncreated policy nightly-job\ngranted share sales");
        assertThat(ShareProvider.of(workspaceUrl, tokens).ensure(acme).changed())
                .isFalse();
    }

    private static int differences(FederationPolicy policy, IdpToken token) {
        for (Difference difference : policy.compare(token, "", Instant.now())) {
            System.out.println(difference);
        }
        return policy.compare(token, "", Instant.now()).size();
    }

    private static String profile(URI recipientEndpoint, URI tokenEndpoint, String clientId, String scope) {
        String theirs = RecipientProfile.of(recipientEndpoint, tokenEndpoint).toJson();
        String ours = RecipientProfile.of(recipientEndpoint, tokenEndpoint)
                .clientId(clientId)
                .scope(scope)
                .toJson();
        assertThat(theirs).contains("[REPLACE_WITH_YOUR_CLIENT_ID]");
        return ours;
    }

    private static FederationPolicy policy(String issuer, String audience, String objectId) {
        return FederationPolicy.builder()
                .issuer(issuer)
                .audience(audience)
                .subjectClaim("oid")
                .subject(objectId)
                .build();
    }

    private static IdpToken token(LoopbackIdp idp, String objectId) {
        return IdpToken.parse(
                idp.userToken("job").audience(AUDIENCE).claim("oid", objectId).sign());
    }
}
