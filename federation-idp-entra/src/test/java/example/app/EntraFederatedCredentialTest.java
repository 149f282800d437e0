// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.testkit.LoopbackIdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another issuer's JWT in place of a secret, from that issuer to the Databricks token. */
final class EntraFederatedCredentialTest {
    private final EntraFederation federation = new EntraFederation();

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void e9FederatedCredentialThatDoesNotFitIsShownWhatWasPresented() {
        try (LoopbackIdp external = LoopbackIdp.oidc().start()) {
            external.api("api://AzureADTokenExchange").m2mClient("job", "secret");
            external.grant("job", "api://AzureADTokenExchange");
            federation.entra.federatedCredential(
                    EntraFederation.CLIENT, external.issuer(), "another-job", "api://AzureADTokenExchange");

            FederationException failure = federation.failure(federation
                    .client()
                    .federatedCredential(() -> externalToken(external))
                    .application(EntraFederation.API)
                    .build());

            assertThat(failure.code()).isEqualTo("ENTRA_FEDERATED_SUBJECT_MISMATCH");
            assertThat(failure.fix())
                    .contains("issuer '" + external.issuer() + "'")
                    .contains("subject '" + external.subjectOf("job") + "'")
                    .contains("audience 'api://AzureADTokenExchange'");
        }
    }

    @Test
    void e9FederatedCredentialThatFitsNeedsNoSecret() {
        federation.fittingPolicy();
        try (LoopbackIdp external = LoopbackIdp.oidc().start()) {
            external.api("api://AzureADTokenExchange").m2mClient("job", "secret");
            external.grant("job", "api://AzureADTokenExchange");
            federation.entra.federatedCredential(
                    EntraFederation.CLIENT, external.issuer(), external.subjectOf("job"), "api://AzureADTokenExchange");

            assertThat(federation
                            .exchanger(federation
                                    .client()
                                    .federatedCredential(() -> externalToken(external))
                                    .application(EntraFederation.API)
                                    .build())
                            .tokenFor(federation.principal))
                    .isNotNull();
        }
    }

    private static IdpToken externalToken(LoopbackIdp external) {
        return OidcTokenSource.builder()
                .tokenEndpoint(external.tokenEndpoint().toString())
                .clientId("job")
                .clientSecret("secret")
                .audience("api://AzureADTokenExchange")
                .build()
                .mint();
    }
}
