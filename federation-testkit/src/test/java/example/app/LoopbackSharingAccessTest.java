// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SharingErrors;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackSharingAccessTest {
    private final Sharing sharing = new Sharing();

    @AfterEach
    void close() {
        sharing.close();
    }

    @Test
    void aTokenThatMatchesThePolicyIsTheRecipient() throws Exception {
        Answer shares = sharing.get("/shares");

        assertThat(shares.status()).isEqualTo(200);
        assertThat(shares.json().path("items").findValuesAsText("name")).containsExactly("sales");
    }

    @Test
    void everyClaimMustBeRight() throws Exception {
        List<String> wrong = List.of(
                sharing.token().claim("aud", "somebody-else").sign(),
                sharing.idp
                        .userToken("other@clients")
                        .audience(Sharing.AUDIENCE)
                        .sign(),
                sharing.token().claim("iss", sharing.idp.issuer() + "x").sign(),
                sharing.token().signedWithUnknownKey(),
                sharing.token().unsigned(),
                sharing.token().hs256WithPublicKey(),
                "opaque");

        for (String token : wrong) {
            assertThat(sharing.get("/shares", token).status()).isEqualTo(401);
        }
        assertThat(sharing.server.refusedRequests()).isEqualTo(wrong.size());
    }

    @Test
    void aTokenOfAnotherIssuersKeysIsRefused() throws Exception {
        try (LoopbackIdp impostor = LoopbackIdp.auth0().clock(sharing.clock).start()) {
            String forged = impostor.userToken(Sharing.SUBJECT)
                    .audience(Sharing.AUDIENCE)
                    .claim("iss", sharing.idp.issuer())
                    .sign();

            assertThat(sharing.get("/shares", forged).status()).isEqualTo(401);
        }
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        String token = sharing.token().sign();
        sharing.clock.advance(Duration.ofDays(2));

        assertThat(sharing.get("/shares", token).status()).isEqualTo(401);
    }

    @Test
    void refusalsArePlainTextWithoutAChallengeAsTheReferenceServersAre() throws Exception {
        Answer refused = sharing.get("/shares", "opaque");

        assertThat(refused.text()).isEqualTo("401 Unauthorized");
        assertThat(refused.header("Content-Type")).startsWith("text/plain");
        assertThat(refused.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void refusalsCanBeTheProtocols() throws Exception {
        sharing.server.errors(SharingErrors.AS_THE_PROTOCOL);

        assertThat(sharing.get("/shares", "opaque").json().path("errorCode").asText())
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aPolicyThatIsGoneOpensNothing() throws Exception {
        sharing.server.removePolicies("acme");

        assertThat(sharing.get("/shares").status()).isEqualTo(401);
    }

    @Test
    void thePolicysKeysAreFoundAnewAfterARotation() throws Exception {
        sharing.get("/shares");
        sharing.idp.rotateKeys();

        assertThat(sharing.get("/shares").status()).isEqualTo(200);
    }

    @Test
    void aRecipientsTokenIsNoOtherRecipients() throws Exception {
        sharing.server.recipient(
                "other", sharing.policy().subject("other@clients").build());
        URI endpoint = URI.create(sharing.server.recipientEndpoint("other") + "/shares");

        assertThat(Web.get(
                                endpoint,
                                "Authorization",
                                "Bearer " + sharing.token().sign())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aLongLivedTokenWorksAtTheMetastoresEndpointUntilItEnds() throws Exception {
        String token = sharing.server.bearerToken("old", sharing.clock.instant().plus(Duration.ofDays(1)));
        sharing.server.grant("old", "sales");
        URI shares = URI.create(sharing.server.endpoint() + "/shares");

        assertThat(Web.get(shares, "Authorization", "Bearer " + token).status()).isEqualTo(200);
        assertThat(sharing.get("/shares", token).status()).isEqualTo(401);
        assertThat(Web.get(shares, "Authorization", "Bearer " + sharing.token().sign())
                        .status())
                .isEqualTo(401);
        sharing.clock.advance(Duration.ofDays(1));
        assertThat(Web.get(shares, "Authorization", "Bearer " + token).status()).isEqualTo(401);
    }

    @Test
    void aShareThatIsNotGrantedLooksLikeOneThatDoesNotExist() throws Exception {
        sharing.server.share("secret");

        Answer denied = sharing.get("/shares/secret");
        Answer absent = sharing.get("/shares/nowhere");

        assertThat(denied.status()).isEqualTo(404);
        assertThat(denied.json().path("errorCode").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(denied.text().replace("secret", "nowhere")).isEqualTo(absent.text());
    }

    @Test
    void aRevokedShareIsGoneAtOnce() throws Exception {
        sharing.server.revoke("acme", "sales");

        assertThat(sharing.get(Sharing.ORDERS + "/metadata").status()).isEqualTo(404);
    }

    @Test
    void theRecipientsLoginIsDescribedWithoutAToken() throws Exception {
        JsonNode document =
                Web.get(sharing.at("/oidc/.well-known/openid-configuration")).json();

        assertThat(document.path("issuer").asText()).isEqualTo(sharing.idp.issuer());
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(sharing.idp.tokenEndpoint().toString());
    }

    @Test
    void aPolicyThatIsNoRecipientsIsRefusedAtOnce() {
        FederationPolicy account = sharing.policy().build().forAccount();

        assertThatThrownBy(() -> sharing.server.policy("acme", account)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void faultsMeetTheProtocolAndAreCounted() throws Exception {
        sharing.server.api().failNext(1, Fault.sharingInternalError());
        sharing.server.api().failNext(1, Fault.rateLimited(Duration.ofSeconds(7)));

        Answer broken = sharing.get("/shares");
        Answer limited = sharing.get("/shares");

        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.header("Content-Type")).startsWith("text/plain");
        assertThat(broken.json().path("errorCode").asText()).isEqualTo("INTERNAL_ERROR");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(sharing.server.requests()).isEqualTo(2);
    }
}
