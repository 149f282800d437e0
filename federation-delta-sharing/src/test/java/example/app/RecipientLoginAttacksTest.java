// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.LoginWorld.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever else comes to the address that waits for the login is refused, and the login goes on. */
class RecipientLoginAttacksTest {
    private final LoginWorld world = new LoginWorld(LoopbackIdp.oidc());
    private final Visitor ana = world.ana();

    @AfterEach
    void close() {
        world.close();
    }

    /** What somebody does at the redirect address while the person is still typing their password. */
    @FunctionalInterface
    private interface Meanwhile {
        void at(URI redirect, String state) throws IOException;
    }

    private RecipientLogin loginWith(Meanwhile attack) {
        RecipientLogin login = world.login(address -> {
            attack.at(
                    world.register(address),
                    Objects.requireNonNull(parameters(address).get("state")));
            ana.open(address);
        });
        login.login();
        return login;
    }

    /** Raw, because no client sends such things. */
    private static String raw(URI redirect, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), redirect.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?code=stolen&state=forged",
                "?code=stolen",
                "?code=stolen&state=",
                "?error=access_denied&state=forged",
                "",
                "?code=%zz&state=forged"
            })
    void answerWithoutTheStateOfThisLoginIsNone(String query) {
        List<Integer> statuses = new ArrayList<>();

        RecipientLogin login = loginWith((redirect, state) ->
                statuses.add(status(raw(redirect, get(redirect, "/" + query, redirect.getRawAuthority())))));

        assertThat(statuses).containsExactly(400);
        assertThat(login.token()).isNotNull();
        assertThat(world.idp().tokenRequests()).isEqualTo(1);
    }

    @Test
    void parameterThatIsThereTwiceMakesNoAnswer() {
        List<Integer> statuses = new ArrayList<>();

        loginWith((redirect, state) -> {
            statuses.add(Visitor.page(redirect.resolve("?code=a&state=forged&state=" + state))
                    .statusCode());
            statuses.add(Visitor.page(redirect.resolve("?code=a&code=b&state=" + state))
                    .statusCode());
        });

        assertThat(statuses).containsExactly(400, 400);
        assertThat(ana.page().statusCode()).isEqualTo(200);
    }

    @Test
    void codeIsTakenOnce() {
        RecipientLogin login = world.login(address -> {
            world.register(address);
            URI answer = ana.answerTo(address);
            try (Socket early = connected(answer)) {
                assertThat(Visitor.page(answer).statusCode()).isEqualTo(200);
                early.getOutputStream()
                        .write(get(answer, "/?" + answer.getRawQuery(), answer.getRawAuthority())
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(early.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 410 ");
            }
        });

        login.login();

        assertThat(world.idp().tokenRequests()).isEqualTo(1);
        assertThat(login.token()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attacker.example", "127.0.0.1", "localhost:{port}", "127.0.0.1:{port}.attacker.example"})
    void pageOfAnotherNameThatPointsHereIsNotListenedTo(String host) {
        List<Integer> statuses = new ArrayList<>();

        loginWith((redirect, state) -> statuses.add(status(raw(
                redirect,
                get(
                        redirect,
                        "/?code=stolen&state=" + state,
                        host.replace("{port}", String.valueOf(redirect.getPort())))))));

        assertThat(statuses).containsExactly(421);
        assertThat(ana.page().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1|, 421",
        "GET / HTTP/1.1|Host: {host}|Host: {host}|, 421",
        "POST /?code=a&state={state} HTTP/1.1|Host: {host}|, 405",
        "GET /favicon.ico HTTP/1.1|Host: {host}|, 404",
        "GET /x?code=a&state={state} HTTP/1.1|Host: {host}|, 404",
        "GET http://{host}/?code=a&state={state} HTTP/1.1|Host: {host}|, 400",
        "GARBAGE|, 400",
        "GET / SMTP/9|, 400"
    })
    void requestThatIsNoneOfABrowserComingBackIsRefused(String request, int status) {
        List<Integer> statuses = new ArrayList<>();

        loginWith((redirect, state) -> statuses.add(status(raw(
                redirect,
                request.replace("|", "\r\n")
                                .replace("{host}", redirect.getRawAuthority())
                                .replace("{state}", state)
                        + "\r\n"))));

        assertThat(statuses).containsExactly(status);
        assertThat(ana.page().statusCode()).isEqualTo(200);
    }

    @Test
    void requestThatIsTooLargeIsReadNoFurther() {
        List<String> replies = new ArrayList<>();

        loginWith((redirect, state) -> replies.add(raw(
                redirect,
                get(redirect, "/?state=" + state + "&code=" + "x".repeat(40_000), redirect.getRawAuthority()))));

        assertThat(replies).singleElement().asString().startsWith("HTTP/1.1 400 ");
        assertThat(ana.page().statusCode()).isEqualTo(200);
    }

    @Test
    void connectionsOnWhichNothingComesHoldNobodyUp() throws IOException {
        List<Socket> silent = new ArrayList<>();

        RecipientLogin login = loginWith((redirect, state) -> {
            for (int i = 0; i < 8; i++) {
                silent.add(connected(redirect));
            }
        });

        assertThat(login.token()).isNotNull();
        for (Socket socket : silent) {
            socket.close();
        }
    }

    @Test
    void answerOfAnotherIssuerIsNotRedeemed() {
        RecipientLogin login = world.login(address -> {
            world.register(address);
            URI answer = ana.answerTo(address);
            Visitor.page(URI.create(answer.toString().replaceAll("iss=[^&]+", "iss=https%3A%2F%2Fattacker.example")));
        });

        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::login);

        assertThat(e.code()).isEqualTo("IDP_ISSUER_MISMATCH");
        assertThat(e).hasMessageContaining("comes from issuer 'https://attacker.example'");
        assertThat(world.idp().tokenRequests()).isZero();
    }

    @Test
    void answerThatShouldNameItsIssuerAndDoesNotIsNotRedeemed() {
        world.document(text -> text.replaceFirst("\\{", "{\"authorization_response_iss_parameter_supported\":true,"));
        RecipientLogin login = world.login(address -> {
            world.register(address);
            URI answer = ana.answerTo(address);
            Visitor.page(URI.create(answer.toString().replaceAll("&?iss=[^&]+", "")));
        });

        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::login);

        assertThat(e.code()).isEqualTo("IDP_ISSUER_MISMATCH");
        assertThat(world.idp().tokenRequests()).isZero();
    }

    @Test
    void wordsOfTheAnswerAreNotOnThePage() {
        List<HttpResponse<String>> pages = new ArrayList<>();
        String words = Visitor.encoded("<script>alert(1)</script>no");
        RecipientLogin login = world.login(address ->
                pages.add(Visitor.page(world.answer(address, "error=access_denied&error_description=" + words))));

        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::login);

        assertThat(pages.get(0).body()).contains("The login did not work").doesNotContain("script", "access_denied");
        assertThat(e).hasMessageContaining("(access_denied: no)");
    }

    /** Whoever shares names the addresses: with the real login page and a token endpoint of their own they had the code. */
    @Test
    void recipientsDocumentCannotSendTheCodeElsewhere() {
        world.document(text -> text.replaceFirst(
                "\"token_endpoint\":\"[^\"]+\"", "\"token_endpoint\":\"https://attacker.example/token\""));

        IdpTokenException e = catchThrowableOfType(
                IdpTokenException.class, () -> world.login(ana).login());

        assertThat(e.code()).isEqualTo("IDP_DISCOVERY_FAILED");
        assertThat(e).hasMessageContaining("another host, 'attacker.example'");
        assertThat(ana.opened()).isZero();
    }

    private static Socket connected(URI to) throws IOException {
        return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), to.getPort());
    }

    private static String get(URI redirect, String target, String host) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nReferer: " + redirect + "\r\n\r\n";
    }

    private static int status(String reply) {
        return Integer.parseInt(reply.substring(9, 12));
    }
}
