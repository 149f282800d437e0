// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.SigningAlgorithm;
import io.tokenfederation.testkit.UserToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and who is not. */
class CallersTest {
    private final Deployment deployment = new Deployment();
    private final CallerVerifier callers = deployment.callers();

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void signedTokenSaysWhoIsCalling() {
        Caller caller = callers.verify(deployment.userToken("sales-west"));

        assertThat(caller.subject()).isEqualTo("auth0|7");
        assertThat(caller.issuer()).isEqualTo(deployment.idp.issuer());
        assertThat(caller.email()).contains("sarah@partner.example");
        assertThat(caller.claims().text(Deployment.ROLE_CLAIM)).contains("sales-west");
        assertThat(caller).asString().doesNotContain("sarah@", "sales-west");
    }

    @Test
    void emailCanBeInAnotherClaim() {
        CallerVerifier namespaced = CallerVerifier.builder()
                .issuer(deployment.idp.issuer())
                .audience("sales-portal")
                .emailClaim("https://example.com/email")
                .build();

        Caller caller = namespaced.verify(token().claim("https://example.com/email", "sarah@partner.example")
                .sign());

        assertThat(caller.email()).contains("sarah@partner.example");
    }

    @Test
    void expiredTokenIsRefused() {
        assertRefused(token().expiresIn(Duration.ofMinutes(-2)).sign(), "CALLER_TOKEN_EXPIRED");
    }

    @Test
    void tokenThatExpiredSecondsAgoIsForgivenTheClocks() {
        assertThat(callers.verify(token().expiresIn(Duration.ofSeconds(-5)).sign())
                        .subject())
                .isEqualTo("auth0|7");
    }

    @Test
    void tokenOfTheFutureIsRefused() {
        long inAnHour = System.currentTimeMillis() / 1000 + 3600;

        assertRefused(token().claim("nbf", inAnHour).sign(), "CALLER_TOKEN_EXPIRED");
    }

    @Test
    void tokenForAnotherAudienceIsRefused() {
        assertRefused(
                deployment.idp.userToken("auth0|7").audience("another-app").sign(), "CALLER_AUDIENCE_MISMATCH");
    }

    @Test
    void tokenOfAnotherIssuerIsRefusedBeforeAnyKeyIsFetched() {
        assertRefused(token().claim("iss", "https://evil.example/").sign(), "CALLER_ISSUER_MISMATCH");
        assertThat(deployment.idp.jwksRequests()).isZero();
    }

    @Test
    void issuerWithoutItsSlashIsAnotherIssuer() {
        String issuer = deployment.idp.issuer();
        CallerVerifier slashless = CallerVerifier.builder()
                .issuer(issuer.substring(0, issuer.length() - 1))
                .audience("sales-portal")
                .build();

        var failure = catchThrowableOfType(CallerRejectedException.class, () -> slashless.verify(token().sign()));

        assertThat(failure.code()).isEqualTo("CALLER_ISSUER_MISMATCH");
        assertThat(failure.fix()).contains("trailing slash");
    }

    @Test
    void unsignedTokenIsRefused() {
        assertRefused(token().unsigned(), "CALLER_TOKEN_MALFORMED");
    }

    @Test
    void tokenSignedWithThePublicKeyAsSecretIsRefused() {
        assertRefused(token().hs256WithPublicKey(), "CALLER_SIGNATURE_INVALID");
    }

    @Test
    void tokenSignedWithAnotherKeyIsRefused() {
        assertRefused(token().signedWithUnknownKey(), "CALLER_SIGNATURE_INVALID");
    }

    @Test
    void tamperedTokenIsRefused() {
        String[] parts = deployment.userToken("sales-west").split("\\.");
        String[] other = deployment.userToken("executives").split("\\.");

        assertRefused(parts[0] + "." + other[1] + "." + parts[2], "CALLER_SIGNATURE_INVALID");
    }

    /** Anybody can write a token's header; it must not write our log. */
    @Test
    void headerCannotForgeALogLine() {
        String header = "{\"alg\":\"RS256\\r\\n2026-11-22 ERROR root logged in\\u001b[2J\"}";
        String payload = deployment.userToken("sales-west").split("\\.")[1];
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "." + payload + ".c2ln";

        var failure = catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token));

        assertThat(failure.code()).isEqualTo("CALLER_SIGNATURE_INVALID");
        assertThat(failure.getMessage()).doesNotContain("\n", "\r", "\u001b");
    }

    @Test
    void garbageIsRefusedWithoutBeingRepeated() {
        var failure =
                catchThrowableOfType(CallerRejectedException.class, () -> callers.verify("hunter2.hunter2.hunter2"));

        assertThat(failure.code()).isEqualTo("CALLER_TOKEN_MALFORMED");
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void thousandVerificationsFetchTheKeysOnce() {
        String token = deployment.userToken("sales-west");

        for (int i = 0; i < 1_000; i++) {
            callers.verify(token);
        }

        assertThat(deployment.idp.jwksRequests()).isEqualTo(1);
        assertThat(deployment.idp.discoveryRequests()).isEqualTo(1);
    }

    @Test
    void rotatedKeyIsFoundAtOnce() {
        callers.verify(deployment.userToken("sales-west"));
        deployment.idp.rotateKeys();

        Caller caller = callers.verify(deployment.userToken("sales-west"));

        assertThat(caller.subject()).isEqualTo("auth0|7");
        assertThat(deployment.idp.jwksRequests()).isEqualTo(2);
    }

    @Test
    void tokensWithUnknownKeyIdsDoNotHammerTheIssuer() {
        callers.verify(deployment.userToken("sales-west"));
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            deployment.idp.rotateKeys();
            unknown.add(deployment.userToken("sales-west"));
        }
        deployment.idp.rotateKeys();
        deployment.idp.dropOldKeys();

        assertThat(unknown)
                .allSatisfy(token -> assertThatThrownBy(() -> callers.verify(token))
                        .isInstanceOfSatisfying(
                                CallerRejectedException.class,
                                failure -> assertThat(failure.code()).isEqualTo("CALLER_SIGNATURE_INVALID")));
        assertThat(deployment.idp.jwksRequests()).isLessThanOrEqualTo(3);
    }

    @Test
    void issuerThatIsDownDoesNotKeepKnownCallersOut() {
        String token = deployment.userToken("sales-west");
        callers.verify(token);
        deployment.idp.jwks().failAlways(Fault.status(503));
        deployment.idp.discovery().failAlways(Fault.status(503));

        assertThat(callers.verify(token).subject()).isEqualTo("auth0|7");
    }

    @Test
    void issuerThatIsDownFromTheStartIsARetryableFailure() {
        deployment.idp.discovery().failAlways(Fault.status(503));

        for (int i = 0; i < 5; i++) {
            var failure = catchThrowableOfType(
                    CallerRejectedException.class, () -> callers.verify(deployment.userToken("sales-west")));

            assertThat(failure.code()).isEqualTo("CALLER_KEYS_UNAVAILABLE");
            assertThat(failure.retryable()).isTrue();
        }
        assertThat(deployment.idp.discoveryRequests()).isEqualTo(2);
    }

    @Test
    void algorithmsCanBeNarrowed() {
        CallerVerifier ellipticOnly = CallerVerifier.builder()
                .issuer(deployment.idp.issuer())
                .audience("sales-portal")
                .algorithms("ES256")
                .build();

        assertThat(ellipticOnly.verify(token().sign(SigningAlgorithm.ES256)).subject())
                .isEqualTo("auth0|7");
        assertThatThrownBy(() -> ellipticOnly.verify(token().sign())).hasMessageContaining("'RS256'");
    }

    @Test
    void rememberedTokenNeedsNoKeys() {
        CallerVerifier remembering = CallerVerifier.builder()
                .issuer(deployment.idp.issuer())
                .audience("sales-portal")
                .keepVerified(100)
                .build();
        String token = token().sign();

        assertThat(remembering.verify(token)).isSameAs(remembering.verify(token));
    }

    @Test
    void idTokenIsForTheLoginItEnds() {
        CallerVerifier logins = CallerVerifier.builder()
                .issuer(deployment.idp.issuer())
                .audience("sales-portal")
                .idTokens()
                .build();
        String idToken = token().claim("nonce", "n-1").sign();

        assertThat(logins.verify(idToken, "n-1").subject()).isEqualTo("auth0|7");
        assertThatThrownBy(() -> logins.verify(idToken, "n-2")).hasMessageContaining("CALLER_NONCE_MISMATCH");
    }

    private UserToken token() {
        return deployment.idp.userToken("auth0|7").audience("sales-portal");
    }

    private void assertRefused(String token, String code) {
        var failure = catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain(token);
    }
}
