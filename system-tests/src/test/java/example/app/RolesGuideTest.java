// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.testkit.LoopbackIdp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The examples of docs/roles.md, as they stand there. */
class RolesGuideTest {
    @Test
    void callerIsVerifiedAndTheRoleResolved() {
        try (LoopbackIdp idp = LoopbackIdp.auth0().start()) {
            String personsToken = idp.userToken("auth0|7")
                    .audience("sales-portal")
                    .claim("https://example.com/email", "sarah@partner.example")
                    .claim("https://example.com/company", "PartnerCorp")
                    .claim("https://example.com/role", "sales-west")
                    .sign();

            Caller caller = verified(idp.issuer(), personsToken);

            assertThat(caller.email()).contains("sarah@partner.example");
            assertThat(caller.company()).contains("PartnerCorp");
            assertThat(resolved(caller, Path.of("..", "docs", "snippets", "roles.json"), "kD3pXmB0yqLexampleclientid")
                            .name())
                    .isEqualTo("west_sales");
        }
    }

    private static Caller verified(String issuer, String bearerToken) {
        CallerVerifier callers = CallerVerifier.builder()
                .issuer(issuer)
                .audience("sales-portal") // the Identifier of the backend's API
                .accessTokens()
                .emailClaim("https://example.com/email")
                .companyClaim("https://example.com/company")
                .build();
        Caller caller = callers.verify(bearerToken);
        return caller;
    }

    private static ResolvedRole resolved(Caller caller, Path rolesFile, String clientId) {
        RoleResolver roles = RoleResolver.builder()
                .settings(rolesFile)
                .notTheClient(clientId) // its id is not a service principal's, though both may be UUIDs
                .build();
        ResolvedRole role = roles.resolve(caller.claims());
        return role;
    }
}
