// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.doctor.FederationDoctor;
import io.tokenfederation.doctor.Report;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The example of docs/doctor.md. */
class DoctorGuideTest {
    @Test
    void theLibraryChecksWhatTheProgramDoes() throws IOException {
        try (LoopbackIdp auth0 = LoopbackIdp.auth0().start();
                LoopbackDatabricks databricks = LoopbackDatabricks.builder().start()) {
            String workspace = databricks.workspaceUrl().toString();
            auth0.api(workspace).m2mClient("backend", "secret").grant("backend", workspace);
            IdpTokenSource idp = Auth0TokenSource.builder()
                    .domain(auth0.issuer())
                    .clientId("backend")
                    .clientSecret("secret")
                    .audience(workspace)
                    .build();
            ServicePrincipal principal = databricks.servicePrincipal("west");
            databricks.policy(principal, FederationPolicy.matching(idp.mint()));
            RoleResolver roles = RoleResolver.builder()
                    .claim("role")
                    .servicePrincipals("{\"west_sales\": \"" + principal + "\"}")
                    .build();

            Report report = FederationDoctor.builder()
                    .idpTokenSource(idp)
                    .workspace(workspace)
                    .roles(roles.roles())
                    .build()
                    .check();
            if (!report.passed()) {
                System.err.println(report.toText());
            }

            assertThat(report.passed()).isTrue();
            assertThat(report.rolesPassed()).isEqualTo(1);
        }
    }
}
