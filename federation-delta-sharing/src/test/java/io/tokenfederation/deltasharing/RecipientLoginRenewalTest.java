// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.LoginWorld;
import example.app.Visitor;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.KeptOnTheSpot;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After the login: renewal by the refresh token, and its end. */
class RecipientLoginRenewalTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final KeptOnTheSpot time = new KeptOnTheSpot();
    private final LoginWorld world = new LoginWorld(LoopbackIdp.oidc().clock(time));
    private final Visitor ana = world.ana();

    RecipientLoginRenewalTest() {
        world.idp().api(LoginWorld.API, SigningAlgorithm.RS256, HOUR);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private RecipientLogin loggedIn(String... scopes) {
        RecipientLogin login = world.builder()
                .scopes(scopes)
                .browser(ana)
                .clock(time)
                .keeping(time::keep)
                .build();
        login.login();
        return login;
    }

    @Test
    void tokenIsRenewedBeforeItsEndWithoutThePerson() {
        RecipientLogin login = loggedIn("read", "offline_access");
        Set<DatabricksToken> tokens = new HashSet<>();
        Instant end = time.instant().plus(HOUR.multipliedBy(10));

        while (time.instant().isBefore(end)) {
            DatabricksToken token = login.token();
            assertThat(token.expiresAt()).isAfter(time.instant().plusSeconds(40));
            tokens.add(token);
            time.advance(MINUTE);
        }

        // An hour's token serves for 36 to 45 minutes; each renewal takes the refresh token the one before brought.
        assertThat(tokens).hasSizeBetween(13, 17);
        assertThat(world.idp().tokenRequests()).isEqualTo(tokens.size());
        assertThat(ana.opened()).isEqualTo(1);
    }

    @Test
    void firstTokenIsTheLoginsOwn() {
        RecipientLogin login = loggedIn("read", "offline_access");

        login.token();

        assertThat(world.idp().tokenRequests()).isEqualTo(1);
    }

    @Test
    void tokenNobodyAskedForInTimeIsRenewedAtOnce() {
        RecipientLogin login = loggedIn("read", "offline_access");
        time.advance(HOUR.multipliedBy(2));

        DatabricksToken token = login.token();

        assertThat(token.expiresAt()).isEqualTo(time.instant().plus(HOUR));
        assertThat(ana.opened()).isEqualTo(1);
    }

    @Test
    void refreshTokenThatIsRefusedMeansToLogInAgainAndIsNotSentAgain() {
        RecipientLogin login = loggedIn("read", "offline_access");
        time.advance(Duration.ofHours(25));

        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::token);
        long asked = world.idp().tokenRequests();
        time.advance(HOUR);
        IdpTokenException again = catchThrowableOfType(IdpTokenException.class, login::token);

        assertThat(e.code()).isEqualTo("LOGIN_REQUIRED");
        assertThat(e.oauthError()).hasValue("invalid_grant");
        assertThat(e.retryable()).isFalse();
        assertThat(again.code()).isEqualTo("LOGIN_REQUIRED");
        assertThat(world.idp().tokenRequests()).isEqualTo(asked);
        assertThat(ana.opened()).isEqualTo(1);
    }

    @Test
    void loginThatIsOverIsFollowedByAnother() {
        RecipientLogin login = loggedIn("read", "offline_access");
        time.advance(Duration.ofHours(25));
        assertThatThrownBy(login::token).isInstanceOf(IdpTokenException.class);

        login.login();

        assertThat(login.token().expiresAt()).isEqualTo(time.instant().plus(HOUR));
        assertThat(ana.opened()).isEqualTo(2);
    }

    @Test
    void withoutARefreshTokenTheLoginEndsWithItsToken() {
        RecipientLogin login = loggedIn("read");
        DatabricksToken only = login.token();
        time.advance(Duration.ofMinutes(59));
        assertThat(login.token()).isEqualTo(only);
        login.login();
        assertThat(ana.opened()).isEqualTo(1);

        time.advance(MINUTE);
        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::token);
        login.login();

        assertThat(e.code()).isEqualTo("LOGIN_REQUIRED");
        assertThat(e.fix()).contains("offline_access");
        assertThat(ana.opened()).isEqualTo(2);
        assertThat(login.token()).isNotEqualTo(only);
    }

    @Test
    void withoutARefreshTokenTheLoginEndsWhenItsTokenIsRefused() {
        RecipientLogin login = loggedIn("read");
        DatabricksToken refused = login.token();

        login.rejected(refused);
        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::token);
        login.login();

        assertThat(e.code()).isEqualTo("LOGIN_REQUIRED");
        assertThat(ana.opened()).isEqualTo(2);
        assertThat(login.token()).isNotEqualTo(refused);
    }

    @Test
    void tokenThatWasRefusedBeforeAnybodyLoggedInAgainEndsNoNewLogin() {
        RecipientLogin login = loggedIn("read");
        DatabricksToken refused = login.token();
        login.rejected(refused);
        login.login();

        login.rejected(refused);
        login.login();

        assertThat(ana.opened()).isEqualTo(2);
    }

    @Test
    void refusedTokenAndRefreshTokenEndTheLoginThoughItsTimeIsNotOver() {
        RecipientLogin login = loggedIn("read", "offline_access");
        DatabricksToken refused = login.token();
        world.idp().failNext(1, Fault.aadsts(50105));

        login.rejected(refused);
        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::token);
        login.login();

        assertThat(e.code()).isEqualTo("LOGIN_REQUIRED");
        assertThat(ana.opened()).isEqualTo(2);
        assertThat(login.token()).isNotEqualTo(refused);
    }

    @Test
    void presentTokenServesWhileTheProviderIsDownAndTheLoginSurvivesIt() {
        RecipientLogin login = loggedIn("read", "offline_access");
        DatabricksToken present = login.token();
        time.advance(Duration.ofMinutes(50));
        world.idp().failAlways(Fault.status(503));

        assertThat(login.token()).isEqualTo(present);
        time.advance(Duration.ofMinutes(15));
        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::token);
        world.idp().recover();
        time.advance(MINUTE.multipliedBy(5));

        assertThat(e.code()).isEqualTo("IDP_UNAVAILABLE");
        assertThat(login.token().expiresAt()).isAfter(time.instant());
        assertThat(ana.opened()).isEqualTo(1);
    }
}
