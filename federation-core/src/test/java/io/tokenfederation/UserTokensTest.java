// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.SECOND;
import static io.tokenfederation.LoopbackTokenEndpoint.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.internal.SecretHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UserTokensTest {
    private final Loopback loopback = new Loopback();
    private final DatabricksTokenExchanger exchanger = loopback.onTheSpot();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void jwtIsSentAsItIsAndForNoServicePrincipal() {
        IdpToken jwt = loopback.userJwt();

        DatabricksToken token = exchanger.tokenForUser(jwt);

        assertThat(loopback.databricks.sent("client_id")).containsExactly("");
        assertThat(loopback.databricks.sent("subject_token")).containsExactly(jwt.value());
        assertThat(token.servicePrincipal()).isEmpty();
        assertThat(loopback.source.count()).isZero();
    }

    @Test
    void sameJwtDecodedAgainIsTheSameUser() {
        IdpToken jwt = loopback.userJwt();
        DatabricksToken first = exchanger.tokenForUser(jwt);

        DatabricksToken second = exchanger.tokenForUser(IdpToken.parse(jwt.value()));

        assertThat(second).isEqualTo(first);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void crowdOfRequestsOfFewUsersGetsEachItsOwnToken() throws Exception {
        loopback.databricks.answer(form -> issued("for-" + SecretHash.of(form.getOrDefault("subject_token", ""))));
        DatabricksTokenExchanger threaded = loopback.builder().build();
        List<IdpToken> users = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            users.add(loopback.userJwt());
        }
        AtomicInteger next = new AtomicInteger();

        List<Boolean> own = Crowd.of(64, () -> {
            IdpToken jwt = users.get(next.getAndIncrement() % 16);
            return threaded.tokenForUser(jwt).value().equals("for-" + SecretHash.of(jwt.value()));
        });

        assertThat(own).hasSize(64).containsOnly(true);
        assertThat(loopback.databricks.count()).isEqualTo(16);
    }

    /** Scenario S14. */
    @Test
    void hundredThousandUsersLeaveTenThousandAndEachOneForgottenIsTold() {
        for (int i = 0; i < 100_000; i++) {
            exchanger.sourceForUser(unsignedLookalike(i));
        }

        assertThat(loopback.events(TokenEvent.Evicted.class)).hasSize(90_000);
        assertThat(loopback.databricks.count()).isZero();
    }

    @Test
    void leastRecentlyUsedGoesFirst() {
        List<String> made = new ArrayList<>();
        RecentlyUsed<String, String> two = new RecentlyUsed<>(2, () -> {});
        for (String key : List.of("a", "b", "a", "c", "a", "b")) {
            two.get(key, missing -> {
                made.add(missing);
                return missing;
            });
        }

        assertThat(made).containsExactly("a", "b", "c", "b");
        assertThat(two.all()).containsExactly("a", "b");
    }

    @Test
    void expiredJwtIsNamedAndNotSent() {
        IdpToken expired = loopback.source.issue(SECOND.negated());

        IdpTokenException failure =
                catchThrowableOfType(IdpTokenException.class, () -> exchanger.tokenForUser(expired));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_EXPIRED");
        assertThat(loopback.databricks.count()).isZero();
    }

    @Test
    void tokenEndsWithItsJwtAndTheUserIsToldSo() {
        IdpToken jwt = loopback.userJwt();
        exchanger.tokenForUser(jwt);
        loopback.time.advance(HOUR);

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, () -> exchanger.tokenForUser(jwt));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_EXPIRED");
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void tokenOfAUserIsServedToItsEndWithoutAnyRenewal() {
        IdpToken jwt = loopback.userJwt();
        DatabricksToken first = exchanger.tokenForUser(jwt);

        for (int second = 0; second < 3_559; second++) {
            loopback.time.advance(SECOND);
            assertThat(exchanger.tokenForUser(jwt)).isEqualTo(first);
        }

        assertThat(loopback.events(TokenEvent.AttemptStarted.class)).hasSize(1);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void rejectedTokenOfAUserIsReplacedByAnExchangeOfTheSameJwt() {
        IdpToken jwt = loopback.userJwt();
        DatabricksToken refused = exchanger.tokenForUser(jwt);

        exchanger.sourceForUser(jwt).rejected(refused);

        assertThat(exchanger.tokenForUser(jwt)).isNotEqualTo(refused);
        assertThat(loopback.databricks.sent("subject_token")).containsExactly(jwt.value(), jwt.value());
    }

    @Test
    void rejectionOfOneUsersTokenConcernsNoOther() {
        IdpToken one = loopback.userJwt();
        IdpToken other = loopback.userJwt();
        DatabricksToken refused = exchanger.tokenForUser(one);
        DatabricksToken kept = exchanger.tokenForUser(other);

        exchanger.sourceForUser(other).rejected(refused);

        assertThat(exchanger.tokenForUser(other)).isEqualTo(kept);
    }

    @Test
    void serviceThatRefusesEveryTokenOfAUserCausesNoStorm() {
        IdpToken jwt = loopback.userJwt();

        for (int second = 0; second < 600; second++) {
            exchanger.sourceForUser(jwt).rejected(exchanger.tokenForUser(jwt));
            loopback.time.advance(SECOND);
        }

        // After 0, 30, 90, 210 and 450 s.
        assertThat(loopback.databricks.count()).isLessThanOrEqualTo(6);
    }

    @Test
    void usersNeedNoSourceOfTheApplication() {
        DatabricksTokenExchanger usersOnly =
                loopback.bare().usersOnly().executor(Runnable::run).build();

        DatabricksToken token = usersOnly.tokenForUser(loopback.userJwt());

        assertThat(Duration.between(loopback.time.wall(), token.expiresAt())).isEqualTo(HOUR);
    }

    /** Nobody checks signatures here, and a hundred thousand of them take a minute to make. */
    private IdpToken unsignedLookalike(int user) {
        return IdpToken.parse(base64("{\"alg\":\"ES256\"}") + "."
                + base64("{\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"" + user + "\",\"exp\":"
                        + loopback.time.wall().plus(HOUR).getEpochSecond() + "}")
                + ".c2ln");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
