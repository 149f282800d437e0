// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.entra.EntraTokenVersion;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.Fault;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The known misconfigurations of Entra ID, each from the settings to what the operator reads. */
final class EntraCatalogueTest {
    private final EntraFederation federation = new EntraFederation();

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void fittingSettingsGiveADatabricksToken() {
        federation.fittingPolicy();
        DatabricksTokenExchanger exchanger = federation.exchanger(
                federation.source().expectedVersion(EntraTokenVersion.V2).build());

        assertThat(exchanger.tokenFor(federation.principal).servicePrincipal()).contains(federation.principal);
    }

    @Test
    void e1VersionOneTokenIsToldFromTheIssuerThePolicyNames() {
        federation.fittingPolicy();
        federation.entra.tokenVersion(EntraFederation.API, 1);

        FederationException failure = federation.failure(federation.source().build());

        assertThat(failure.code()).isEqualTo("ISSUER_MISMATCH");
        assertThat(failure).hasMessageContaining(federation.entra.v1Issuer());
    }

    @Test
    void e1VersionThatIsNotExpectedIsRefusedBeforeTheExchange() {
        federation.fittingPolicy();
        federation.entra.tokenVersion(EntraFederation.API, 1);

        FederationException failure = federation.failure(
                federation.source().expectedVersion(EntraTokenVersion.V2).build());

        assertThat(failure.code()).isEqualTo("ENTRA_TOKEN_VERSION");
        assertThat(failure.fix())
                .contains("requestedAccessTokenVersion to 2")
                .contains("issuer '" + federation.entra.v1Issuer() + "'")
                .contains("audience '" + EntraFederation.API + "'");
        assertThat(federation.databricks.exchangeRequests()).isZero();
    }

    @Test
    void e1PolicyForVersionOneFitsWhatTheFirstEndpointIssues() {
        federation.entra.tokenVersion(EntraFederation.API, 1);
        federation.policy(
                federation.entra.v1Issuer(), EntraFederation.API, federation.idp.subjectOf(EntraFederation.CLIENT));
        DatabricksTokenExchanger exchanger = federation.exchanger(federation
                .client()
                .clientSecret(EntraFederation.SECRET)
                .v1Resource(EntraFederation.API)
                .expectedVersion(EntraTokenVersion.V1)
                .build());

        assertThat(exchanger.tokenFor(federation.principal).servicePrincipal()).contains(federation.principal);
    }

    @Test
    void e2PolicyThatNamesTheUriIsShownTheClientId() {
        federation.policy(
                federation.idp.issuer(), EntraFederation.API, federation.idp.subjectOf(EntraFederation.CLIENT));

        FederationException failure = federation.failure(federation.source().build());

        assertThat(failure.code()).isEqualTo("AUDIENCE_MISMATCH");
        assertThat(failure.fix())
                .contains(federation.entra.applicationId(EntraFederation.API))
                .contains("Entra ID v2.0 tokens name an API by its client id");
    }

    @Test
    void e3PolicyThatNamesTheClientIsShownTheObjectId() {
        federation.policy(
                federation.idp.issuer(), federation.entra.applicationId(EntraFederation.API), EntraFederation.CLIENT);

        FederationException failure = federation.failure(federation.source().build());

        assertThat(failure.code()).isEqualTo("SUBJECT_MISMATCH");
        assertThat(failure.fix())
                .contains(federation.idp.subjectOf(EntraFederation.CLIENT))
                .contains("is the client id");
    }

    @Test
    void e4ResourceThatIsNotInTheTenant() {
        FederationException failure = federation.failure(federation
                .client()
                .clientSecret(EntraFederation.SECRET)
                .application("api://other")
                .build());

        assertThat(failure.code()).isEqualTo("ENTRA_RESOURCE_NOT_FOUND");
        assertThat(failure.fix()).contains("'api://other'").contains("enterprise application in tenant");
        assertThat(failure.requestId()).isPresent();
    }

    @Test
    void e5SecretThatIsWrong() {
        FederationException failure = federation.failure(federation
                .client()
                .clientSecret("0d5f2c1e-0000-4000-8000-000000000000")
                .application(EntraFederation.API)
                .build());

        assertThat(failure.code()).isEqualTo("ENTRA_SECRET_WRONG");
        assertThat(failure.fix()).contains("Value, not its Secret ID");
    }

    @Test
    void e5SecretThatHasExpired() {
        federation.entra.secretExpired(EntraFederation.CLIENT);

        assertThat(federation.failure(federation.source().build()).code()).isEqualTo("ENTRA_SECRET_EXPIRED");
    }

    @Test
    void e6DefaultIsAppendedSoThatNobodyForgetsIt() {
        assertThat(federation.source().application(EntraFederation.API).build().mint())
                .isNotNull();
        assertThat(federation
                        .source()
                        .application(EntraFederation.API + "/.default")
                        .build()
                        .mint())
                .isNotNull();
    }

    @Test
    void e6ScopeThatIsRefusedAllTheSame() {
        federation.idp.failAlways(Fault.aadsts(1002012));

        assertThat(federation.failure(federation.source().build()).code()).isEqualTo("ENTRA_SCOPE_INVALID");
    }

    @Test
    void e7ClientThatIsNotInTheTenant() {
        String other = UUID.randomUUID().toString();

        FederationException failure =
                federation.failure(federation.source().clientId(other).build());

        assertThat(failure.code()).isEqualTo("ENTRA_APP_NOT_FOUND");
        assertThat(failure.fix()).contains(federation.entra.tenantId(), other, "Application (client) ID");
    }

    @Test
    void e7TenantThatIsNotInTheCloud() {
        String other = UUID.randomUUID().toString();

        FederationException failure =
                federation.failure(federation.source().tenant(other).build());

        assertThat(failure.code()).isEqualTo("ENTRA_TENANT_NOT_FOUND");
        assertThat(failure.fix()).contains(other, federation.entra.authority().toString());
    }

    @Test
    void e8AssignmentThatIsRequiredAndMissing() {
        federation.entra.assignmentRequired(EntraFederation.API);

        FederationException failure = federation.failure(federation.source().build());

        assertThat(failure.code()).isEqualTo("ENTRA_ASSIGNMENT_REQUIRED");
        assertThat(failure.fix()).contains("Assign an app role");
    }

    @Test
    void e8AssignedClientGetsIn() {
        federation.fittingPolicy().entra.assignmentRequired(EntraFederation.API);
        federation.idp.grant(EntraFederation.CLIENT, EntraFederation.API, "Federate");

        assertThat(federation.exchanger(federation.source().build()).tokenFor(federation.principal))
                .isNotNull();
    }

    @Test
    void e10TokenForDatabricksItselfIsNotExchanged() {
        FederationException failure = federation.failure(federation
                .client()
                .clientSecret(EntraFederation.SECRET)
                .azureDatabricks()
                .build());

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_FOR_DATABRICKS");
        assertThat(failure.fix()).contains("DatabricksTokenSource.direct");
        assertThat(federation.databricks.exchangeRequests()).isZero();
    }

    @Test
    void e10TokenForDatabricksItselfIsUsedDirectly() {
        DatabricksTokenSource azure = DatabricksTokenSource.direct(federation
                .client()
                .clientSecret(EntraFederation.SECRET)
                .azureDatabricks()
                .build());

        IdpToken token = IdpToken.parse(azure.token().value());

        assertThat(token.audiences()).containsExactly(EntraRules.AZURE_DATABRICKS);
        assertThat(token.issuer()).isEqualTo(federation.entra.v1Issuer());
        assertThat(azure.token()).isEqualTo(azure.token());
        assertThat(federation.idp.tokenRequests()).isEqualTo(1);
    }

    @Test
    void e12LoopThatWasDetectedIsNotFedFurther() {
        federation.idp.failAlways(Fault.aadsts(50196));
        DatabricksTokenExchanger exchanger =
                federation.exchanger(federation.source().build());

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> exchanger.tokenFor(federation.principal))
                    .hasMessageContaining("ENTRA_LOOP_DETECTED");
        }

        assertThat(federation.idp.tokenRequests()).isEqualTo(1);
    }

    @Test
    void transientRefusalIsTriedAgainWithinTheSameCall() {
        federation.fittingPolicy();
        federation.idp.failNext(1, Fault.aadsts(90033));

        assertThat(federation.exchanger(federation.source().build()).tokenFor(federation.principal))
                .isNotNull();
        assertThat(federation.idp.tokenRequests()).isEqualTo(2);
    }
}
