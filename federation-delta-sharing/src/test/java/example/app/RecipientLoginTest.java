// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.LoginWorld.API;
import static example.app.LoginWorld.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackIdpBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person logs in by the browser, and the sharing server gets the JWT. */
class RecipientLoginTest {
    private final LoginWorld world = new LoginWorld(LoopbackIdp.oidc());
    private final Visitor ana = world.ana();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void personLogsInAndTheTokenIsTheirJwt() {
        RecipientLogin login =
                world.builder().scopes("read", "profile").browser(ana).build();

        login.login();

        IdpToken jwt = IdpToken.parse(login.token().value());
        assertThat(jwt.issuer()).isEqualTo(world.idp().issuer());
        assertThat(jwt.audiences()).containsExactly(API);
        assertThat(jwt.claims()).containsEntry("name", "Ana");
        assertThat(ana.opened()).isEqualTo(1);
    }

    @Test
    void peopleLogInAtAuth0AndOktaAsWell() {
        for (LoopbackIdpBuilder provider : List.of(LoopbackIdp.auth0(), LoopbackIdp.okta())) {
            try (LoginWorld other = new LoginWorld(provider)) {
                RecipientLogin login = other.login(other.ana());

                login.login();

                assertThat(IdpToken.parse(login.token().value()).audiences()).contains(API);
            }
        }
    }

    @Test
    void tokenThatIsNoJwtIsToldFromOneThatIs() {
        try (LoginWorld auth0 = new LoginWorld(LoopbackIdp.auth0())) {
            RecipientLogin login = auth0.builder()
                    .scopes("openid")
                    .parameter("audience", "")
                    .browser(auth0.ana())
                    .build();

            assertThatThrownBy(login::login)
                    .isInstanceOf(IdpTokenException.class)
                    .hasMessageContaining("IDP_TOKEN_OPAQUE");
        }
    }

    @Test
    void loginPageIsAskedForACodeWithChallengeAndState() {
        world.login(ana).login();

        Map<String, String> asked = parameters(ana.address());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", LoginWorld.CLIENT)
                .containsEntry("scope", "read offline_access")
                .containsEntry("audience", API)
                .containsEntry("code_challenge_method", "S256")
                .doesNotContainKeys("code_verifier", "client_secret");
        assertThat(asked.get("code_challenge")).matches("[A-Za-z0-9_-]{43}");
        assertThat(asked.get("state")).matches("[A-Za-z0-9_-]{43}");
        assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:[0-9]+/");
    }

    @Test
    void everyLoginHasSecretsOfItsOwn() {
        RecipientLogin login = world.login(ana);

        login.login();
        Map<String, String> first = parameters(ana.address());
        login.forget();
        login.login();
        Map<String, String> second = parameters(ana.address());

        assertThat(first.get("state")).isNotEqualTo(second.get("state"));
        assertThat(first.get("code_challenge")).isNotEqualTo(second.get("code_challenge"));
    }

    @Test
    void personIsToldThatTheyAreDoneAndTheTokenCannotGetOutOfThePage() {
        world.login(ana).login();

        assertThat(ana.page().statusCode()).isEqualTo(200);
        assertThat(ana.page().body())
                .contains("You can close this window")
                .doesNotContain(parameters(ana.answer()).get("code"));
        Map<String, List<String>> headers = ana.page().headers().map();
        assertThat(headers)
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"));
    }

    @Test
    void nobodyListensOnceTheLoginIsOver() {
        world.login(ana).login();

        assertThatThrownBy(() -> Visitor.page(ana.answer())).isInstanceOf(ConnectException.class);
    }

    @Test
    void redirectThatIsRegisteredWithAPortIsUsedCharacterForCharacter() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String registered = "http://localhost:" + free;

        world.builder().browser(ana).redirect(URI.create(registered)).build().login();

        assertThat(parameters(ana.address())).containsEntry("redirect_uri", registered);
        assertThat(ana.page().statusCode()).isEqualTo(200);
    }

    @Test
    void redirectWithoutAPortKeepsNameAndPath() {
        world.builder()
                .browser(ana)
                .redirect(URI.create("http://localhost/back/again"))
                .build()
                .login();

        assertThat(parameters(ana.address()).get("redirect_uri")).matches("http://localhost:[0-9]+/back/again");
    }

    @Test
    void whoIsLoggedInIsNotSentToTheBrowserAgain() {
        RecipientLogin login = world.login(ana);

        login.login();
        DatabricksToken token = login.token();
        login.login();

        assertThat(ana.opened()).isEqualTo(1);
        assertThat(login.token()).isEqualTo(token);
    }

    @Test
    void afterForgettingThereIsNoTokenUntilSomebodyLogsIn() {
        RecipientLogin login = world.login(ana);
        login.login();

        login.forget();

        assertThatThrownBy(login::token)
                .isInstanceOf(IdpTokenException.class)
                .hasMessageContaining("LOGIN_REQUIRED: nobody has logged in");
        login.login();
        assertThat(login.token()).isNotNull();
        assertThat(ana.opened()).isEqualTo(2);
    }

    @Test
    void tokenOpensNoBrowser() {
        RecipientLogin login = world.login(ana);

        assertThatThrownBy(login::token)
                .isInstanceOfSatisfying(
                        IdpTokenException.class, e -> assertThat(e.code()).isEqualTo("LOGIN_REQUIRED"));

        assertThat(ana.opened()).isZero();
        assertThat(world.idp().login().requests()).isZero();
    }

    @Test
    void sixteenThreadsShareOneLogin() throws Exception {
        RecipientLogin login = world.login(ana);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch start = new CountDownLatch(1);

        List<Future<DatabricksToken>> tokens = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            tokens.add(threads.submit(() -> {
                start.await();
                login.login();
                return login.token();
            }));
        }
        start.countDown();

        DatabricksToken first = tokens.get(0).get(30, TimeUnit.SECONDS);
        for (Future<DatabricksToken> token : tokens) {
            assertThat(token.get(30, TimeUnit.SECONDS)).isEqualTo(first);
        }
        threads.shutdown();
        assertThat(ana.opened()).isEqualTo(1);
        assertThat(world.idp().tokenRequests()).isEqualTo(1);
    }

    @Test
    void refusedTokenIsReplacedWithoutTheBrowser() {
        RecipientLogin login = world.login(ana);
        login.login();
        DatabricksToken refused = login.token();

        login.rejected(refused);

        assertThat(login.token()).isNotEqualTo(refused);
        assertThat(ana.opened()).isEqualTo(1);
    }

    @Test
    void nothingOfTheTokensIsInItsText() {
        RecipientLogin login = world.login(ana);
        assertThat(login.toString()).isEqualTo("RecipientLogin[client spreadsheet, nobody logged in]");

        login.login();

        assertThat(login.toString()).isEqualTo("RecipientLogin[client spreadsheet, logged in]");
    }
}
