// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The examples of the guide to policies, as they stand there. */
class PolicyGuideTest {
    @Test
    void policyIsMadeComparedAndChecked() throws IOException {
        try (LoopbackIdp provider = LoopbackIdp.auth0().start()) {
            provider.api("https://adb-1.example.com")
                    .m2mClient("backend", "secret")
                    .grant("backend", "https://adb-1.example.com");
            IdpTokenSource source = OidcTokenSource.builder()
                    .issuer(provider.issuer())
                    .clientId("backend")
                    .clientSecret("secret")
                    .audience("https://adb-1.example.com")
                    .build();

            FederationPolicy policy = made(source, ServicePrincipal.of("bc3cfe6c-469e-4130-b425-5384c4aa30bb"));
            IdpToken token = source.mint();

            compared(policy.toJson(), token, "account");
            checked(policy, token);
            assertThat(policy.compare(token, "account", Instant.now())).isEmpty();
        }
    }

    private static FederationPolicy made(IdpTokenSource idp, ServicePrincipal principal) throws IOException {
        IdpToken token = idp.mint();
        FederationPolicy policy = FederationPolicy.matching(token);
        System.out.println(policy.toCli(PolicyOwner.of(principal)));
        return policy;
    }

    private static void compared(String json, IdpToken token, String accountId) {
        FederationPolicy stored = FederationPolicy.fromJson(json);
        for (Difference difference : stored.compare(token, accountId, Instant.now())) {
            System.out.println(difference);
        }
    }

    private static void checked(FederationPolicy policy, IdpToken token) {
        policy.verify(token); // throws PolicyException: which key is missing, or why the keys could not be had
    }
}
