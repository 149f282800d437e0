// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackManagedIdentity;
import io.tokenfederation.testkit.OktaRules;
import io.tokenfederation.workload.AzureDevOpsTokenSource;
import io.tokenfederation.workload.GitHubActionsTokenSource;
import io.tokenfederation.workload.GoogleMetadataTokenSource;
import io.tokenfederation.workload.TokenFileSource;
import io.tokenfederation.workload.TokenVariableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each provider's source against its stand-in, as the guide to tests shows it. */
class ProviderStandInsTest {
    private static final String AUDIENCE = "https://adb-1.example.com";

    @Test
    void okta() throws IOException {
        try (LoopbackIdp okta = LoopbackIdp.okta().start()) {
            okta.api(AUDIENCE).m2mClient("backend", "secret").grant("backend", AUDIENCE, "databricks");
            IdpTokenSource source = OktaTokenSource.builder()
                    .domain(OktaRules.of(okta).domain())
                    .clientId("backend")
                    .clientSecret("secret")
                    .scopes("databricks")
                    .build();

            assertThat(source.mint().subject()).isEqualTo(okta.subjectOf("backend"));
        }
    }

    @Test
    void entra() throws IOException {
        try (LoopbackIdp entra = LoopbackIdp.entra().start()) {
            entra.api("api://databricks").m2mClient("backend", "secret");
            IdpTokenSource source = EntraTokenSource.builder()
                    .authority(EntraRules.of(entra).authority().toString())
                    .tenant(EntraRules.of(entra).tenantId())
                    .clientId("backend")
                    .clientSecret("secret")
                    .application("api://databricks")
                    .build();

            assertThat(source.mint().audiences())
                    .containsExactly(EntraRules.of(entra).applicationId("api://databricks"));
        }
    }

    @Test
    void managedIdentity() throws IOException {
        try (LoopbackIdp entra = LoopbackIdp.entra().start();
                LoopbackManagedIdentity machine = LoopbackManagedIdentity.imds(entra)) {
            entra.api("api://databricks");
            IdpTokenSource source = ManagedIdentityTokenSource.builder()
                    .environment(machine.environment())
                    .resource("api://databricks")
                    .build();

            assertThat(source.mint().issuer()).isEqualTo(entra.issuer());
        }
    }

    @Test
    void oidc() throws IOException {
        try (LoopbackIdp realm = LoopbackIdp.oidc().start()) {
            realm.api(AUDIENCE).m2mClient("backend", "secret").grant("backend", AUDIENCE);
            IdpTokenSource source = OidcTokenSource.builder()
                    .issuer(realm.issuer())
                    .clientId("backend")
                    .clientSecret("secret")
                    .build();

            assertThat(source.mint().audiences()).containsExactly(AUDIENCE);
        }
    }

    @Test
    void gitHub() throws IOException {
        try (LoopbackIdp gitHub = LoopbackIdp.gitHubActions().start()) {
            IdpTokenSource source = GitHubActionsTokenSource.builder()
                    .environment(gitHub.environment())
                    .audience(AUDIENCE)
                    .build();

            assertThat(source.mint().subject()).isEqualTo(gitHub.subjectOf(""));
        }
    }

    @Test
    void azureDevOps() throws IOException {
        try (LoopbackIdp azure = LoopbackIdp.azureDevOps().start()) {
            IdpTokenSource source = AzureDevOpsTokenSource.builder()
                    .environment(azure.environment())
                    .build();

            assertThat(source.mint().subject()).isEqualTo(azure.subjectOf(""));
        }
    }

    @Test
    void google() throws IOException {
        try (LoopbackIdp google = LoopbackIdp.googleMetadata().start()) {
            IdpTokenSource source = GoogleMetadataTokenSource.builder()
                    .endpoint("http://" + google.environment().get("GCE_METADATA_HOST"))
                    .audience(AUDIENCE)
                    .build();

            assertThat(source.mint().subject()).isEqualTo(google.subjectOf(""));
        }
    }

    @Test
    void cluster(@TempDir Path directory) throws IOException {
        Path tokenFile = directory.resolve("token");
        try (LoopbackIdp cluster = LoopbackIdp.oidc().start()) {
            Files.writeString(
                    tokenFile,
                    cluster.userToken("system:serviceaccount:prod:backend")
                            .audience(AUDIENCE)
                            .expiresIn(Duration.ofMinutes(10))
                            .sign());
            IdpTokenSource source = TokenFileSource.of(tokenFile).audience(AUDIENCE);

            assertThat(source.mint().issuer()).isEqualTo(cluster.issuer());
        }
    }

    @Test
    void gitLab() throws IOException {
        try (LoopbackIdp gitLab = LoopbackIdp.oidc().start()) {
            String jwt = gitLab.userToken("project_path:my-group/my-project:ref_type:branch:ref:main")
                    .audience(AUDIENCE)
                    .sign();
            IdpTokenSource source =
                    TokenVariableSource.gitLab("DATABRICKS_ID_TOKEN").environment(Map.of("DATABRICKS_ID_TOKEN", jwt));

            assertThat(source.mint().value()).isEqualTo(jwt);
        }
    }
}
