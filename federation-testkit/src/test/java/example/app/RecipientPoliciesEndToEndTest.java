// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.RecipientGrant;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.UserToken;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation's examples of recipients' policies: written over REST, and then tried with tokens. */
class RecipientPoliciesEndToEndTest {
    private static final String OID = "11111111-2222-3333-4444-555555555555";
    private static final String GROUP = "66666666-2222-3333-4444-555555555555";
    private static final String APPLICATION = "4f3a0000-2222-3333-4444-555555555555";

    private final Providing providing = new Providing();

    @AfterEach
    void close() {
        providing.close();
    }

    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of("oid", OID, OID, OID.replace("1111-2222", "1111-2223")),
                Arguments.of("groups", GROUP, List.of("other", GROUP), List.of("other")),
                Arguments.of("groups", GROUP, List.of(GROUP), List.of(GROUP + "x")),
                Arguments.of("azp", APPLICATION, APPLICATION, APPLICATION + "/"),
                Arguments.of("sub", OID, OID, OID + " "));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void thePolicyLetsInWhomItNamesAndExplainsWhomItDoesNot(String claim, String subject, Object right, Object near)
            throws Exception {
        FederationPolicy policy = providing.policy(claim, subject);
        providing.provider.ensure(RecipientGrant.to("acme").policy(policy).share("sales"));

        String good = token().claim(claim, right).sign();
        String miss = token().claim(claim, near).sign();

        assertThat(status(good)).isEqualTo(200);
        assertThat(status(miss)).isEqualTo(401);
        assertThat(differences(policy, good)).isEmpty();
        assertThat(differences(policy, miss)).containsExactly(claim);
    }

    @Test
    void theOtherVersionsIssuerAndTheWrongAudienceAreExplained() throws Exception {
        FederationPolicy policy = providing.policy("oid", OID);
        providing.provider.ensure(RecipientGrant.to("acme").policy(policy).share("sales"));
        String v1 = token().claim("oid", OID)
                .claim("iss", EntraRules.of(providing.idp).v1Issuer())
                .sign();
        String other = token().claim("oid", OID).claim("aud", "api://other").sign();

        assertThat(status(v1)).isEqualTo(401);
        assertThat(status(other)).isEqualTo(401);
        assertThat(differences(policy, v1)).containsExactly("iss");
        assertThat(differences(policy, other)).containsExactly("aud");
    }

    @Test
    void anApplicationOfEntraIsTheRecipientByItsOwnToken() throws Exception {
        providing.idp.api("api://sharing").m2mClient(APPLICATION, "secret");
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(providing.idp.issuer())
                .audience(EntraRules.of(providing.idp).applicationId("api://sharing"))
                .subjectClaim("oid")
                .subject(providing.idp.subjectOf(APPLICATION))
                .build();
        providing.provider.ensure(RecipientGrant.to("acme").policy(policy).share("sales"));

        String token = Web.postForm(
                        providing.idp.tokenEndpoint(),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", APPLICATION,
                                "client_secret", "secret",
                                "scope", "api://sharing/.default"))
                .json()
                .path("access_token")
                .asText();

        assertThat(status(token)).isEqualTo(200);
        assertThat(differences(policy, token)).isEmpty();
    }

    private UserToken token() {
        return providing.idp.userToken("anybody").audience(Providing.TENANTS_AUDIENCE);
    }

    private int status(String bearer) throws Exception {
        URI shares = URI.create(providing.server.recipientEndpoint("acme") + "/shares/sales");
        return Web.get(shares, "Authorization", "Bearer " + bearer).status();
    }

    private static List<String> differences(FederationPolicy policy, String token) {
        return policy.compare(IdpToken.parse(token), "").stream()
                .map(Difference::claim)
                .toList();
    }
}
