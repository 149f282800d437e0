// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.entra.EntraCloud;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import io.tokenfederation.entra.ManagedIdentityTokenSourceBuilder;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackManagedIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A managed identity on each kind of host, from the endpoint to the Databricks token. */
final class ManagedIdentityFederationTest {
    private static final String ASSIGNED = "44444444-4444-4444-4444-444444444444";

    private final EntraFederation federation = new EntraFederation();

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void machinesIdentityBecomesTheServicePrincipal() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            exchanges(host, on(host), host.subject());
        }
    }

    @Test
    void appServicesIdentityBecomesTheServicePrincipal() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.appService(federation.idp)) {
            exchanges(host, on(host), host.subject());
        }
    }

    @Test
    void arcMachinesIdentityBecomesTheServicePrincipal(@TempDir Path keys) {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.arc(federation.idp, keys)) {
            federation.policy(
                    federation.idp.issuer(), federation.entra.applicationId(EntraFederation.API), host.subject());

            assertThat(federation
                            .exchanger(on(host).arcKeyDirectory(keys).build())
                            .tokenFor(federation.principal))
                    .isNotNull();
            assertThat(host.requests()).isEqualTo(2);
        }
    }

    @Test
    void assignedIdentityIsChosenByItsClientId() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            host.userAssigned(ASSIGNED);

            exchanges(host, on(host).clientId(ASSIGNED), federation.idp.subjectOf(ASSIGNED));
        }
    }

    @Test
    void identityThatIsNotAssignedIsNamed() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            FederationException failure =
                    federation.failure(on(host).clientId(ASSIGNED).build());

            assertThat(failure.code()).isEqualTo("ENTRA_IDENTITY_NOT_FOUND");
            assertThat(failure.fix()).contains(ASSIGNED);
        }
    }

    @Test
    void e4ResourceThatIsNotInTheTenantIsToldOfAnIdentityToo() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            FederationException failure =
                    federation.failure(on(host).resource("api://other").build());

            assertThat(failure.code()).isEqualTo("ENTRA_RESOURCE_NOT_FOUND");
            assertThat(failure.fix()).contains("api://other");
        }
    }

    @Test
    void serviceThatIsBeingUpdatedIsAskedAgain() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            host.faults().failNext(1, Fault.status(410));

            exchanges(host, on(host), host.subject());
            assertThat(host.requests()).isEqualTo(2);
        }
    }

    @Test
    void e9IdentityIsTheFederatedCredentialOfAnApplication() {
        federation.fittingPolicy().idp.api(EntraCloud.PUBLIC.tokenExchangeAudience());
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            ManagedIdentityTokenSource identity =
                    on(host).resource(EntraCloud.PUBLIC.tokenExchangeAudience()).build();
            IdpToken assertion = identity.mint();
            federation.entra.federatedCredential(
                    EntraFederation.CLIENT,
                    assertion.issuer(),
                    assertion.subject(),
                    assertion.audiences().get(0));

            assertThat(federation
                            .exchanger(federation
                                    .client()
                                    .federatedCredential(identity)
                                    .application(EntraFederation.API)
                                    .build())
                            .tokenFor(federation.principal))
                    .isNotNull();
        }
    }

    @Test
    void e10IdentitysTokenForDatabricksItselfIsNotExchanged() {
        try (LoopbackManagedIdentity host = LoopbackManagedIdentity.imds(federation.idp)) {
            ManagedIdentityTokenSource identity = on(host).azureDatabricks().build();

            assertThat(identity.mint().audiences()).containsExactly(EntraRules.AZURE_DATABRICKS);
            assertThat(federation.failure(identity).code()).isEqualTo("IDP_TOKEN_FOR_DATABRICKS");
        }
    }

    private void exchanges(LoopbackManagedIdentity host, ManagedIdentityTokenSourceBuilder identity, String subject) {
        federation.policy(federation.idp.issuer(), federation.entra.applicationId(EntraFederation.API), subject);

        assertThat(federation
                        .exchanger(identity.build())
                        .tokenFor(federation.principal)
                        .servicePrincipal())
                .contains(federation.principal);
        assertThat(host.requests()).isPositive();
    }

    private static ManagedIdentityTokenSourceBuilder on(LoopbackManagedIdentity host) {
        return ManagedIdentityTokenSource.builder()
                .environment(host.environment())
                .resource(EntraFederation.API);
    }
}
