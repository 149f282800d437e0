// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import java.time.Duration;
import java.util.UUID;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Keycloak is stopped and started again under an application that goes on working. In this package for the clocks: an
 * hour-long token has to grow old while Keycloak is away for half a minute.
 */
@ExtendWith(WithKeycloak.class)
class KeycloakOutageTest {
    private static final String AUDIENCE = "https://adb-1234567890123456.7.azuredatabricks.net";
    /** For a busy machine; a Keycloak that is stopped refuses at once. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String CLIENT = "backend";
    private static final String SECRET = "secret-of-the-backend";

    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    private final ServicePrincipal west = databricks.servicePrincipal("west_sales", "sales-west");
    private final ServicePrincipal finance = databricks.servicePrincipal("finance", "finance");
    private final MovableClocks time = new MovableClocks();
    private final EightThreads callers = new EightThreads();
    private final Happenings events = new Happenings();
    private Realm realm;
    private OidcTokenSource source;

    @BeforeEach
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("outage-" + UUID.randomUUID())
                .with(ClientSpec.machine(CLIENT, SECRET).audience(AUDIENCE).tokensLive(Duration.ofHours(1)))
                .with(ClientSpec.people("portal").audience("sales-portal"))
                .withPerson("sarah", "password-of-sarah");
        source = OidcTokenSource.builder()
                .issuer(realm.issuer())
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .requestTimeout(PATIENCE)
                .build();
        IdpToken sample = source.mint();
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(sample.issuer())
                .audience(AUDIENCE)
                .subject(sample.subject())
                .build();
        databricks.policy(west, policy);
        databricks.policy(finance, policy);
    }

    @AfterEach
    void close() {
        callers.close();
        databricks.close();
    }

    @Test
    void nobodyNoticesARestartWhileTokensAreGood(Keycloak keycloak) {
        DatabricksTokenExchanger exchanger = exchanger();
        DatabricksToken before = exchanger.tokenFor(west);
        // The next one has to end later on the moved clock too, or it would be worth nothing.
        realm.tokensLive(CLIENT, Duration.ofHours(2));

        keycloak.stop();
        // Past the time to renew, 60 to 75 % of an hour, and before the end.
        time.advance(Duration.ofMinutes(45));
        callers.ask(() -> exchanger.tokenFor(west));
        events.awaitFailure();
        // One that has no token yet gets it from the JWT that is kept.
        assertThat(exchanger.tokenFor(finance)).isNotNull();
        keycloak.start(() -> {
            time.advance(Duration.ofSeconds(1));
            callers.ask(() -> exchanger.tokenFor(west));
        });

        assertThat(callers.failures()).isEmpty();
        assertThat(callers.tokens()).containsExactly(before.value());
        assertThat(events.failures()).containsOnly("IDP_UNREACHABLE");
        assertThat(events.failures()).hasSizeLessThan(callers.calls() / 100);

        // Longer than any pause between two tries.
        time.advance(Duration.ofMinutes(2));
        callers.ask(() -> exchanger.tokenFor(west));
        events.awaitRenewal(west, 2);
        assertThat(exchanger.tokenFor(west).expiresAt()).isAfter(before.expiresAt());
        assertThat(events.renewals(TokenEvent.Kind.APPLICATION)).isEqualTo(2);
        assertThat(callers.failures()).isEmpty();
    }

    @Test
    void applicationThatStartsDuringAnOutageRecoversByItself(Keycloak keycloak) {
        DatabricksTokenExchanger exchanger = exchanger();
        CallerVerifier verifier = CallerVerifier.builder()
                .issuer(realm.issuer())
                .audience("sales-portal")
                .requestTimeout(PATIENCE)
                .build();
        String sarah = realm.personsToken("portal", "sarah", "password-of-sarah");
        Caller known = verifier.verify(sarah);
        IdpToken before = source.mint();

        keycloak.stop();
        FederationException down = catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(west));
        assertThat(verifier.verify(sarah).subject()).isEqualTo(known.subject());
        keycloak.start(() -> callers.ask(() -> exchanger.tokenFor(west)));

        assertThat(down.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(down.retryable()).isTrue();
        // Longer than any failure is remembered that passes by itself.
        time.advance(Duration.ofMinutes(1));
        assertThat(exchanger.tokenFor(west)).isNotNull();
        assertThat(source.mint().keyId()).isEqualTo(before.keyId());
    }

    private DatabricksTokenExchanger exchanger() {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .clocks(time.clocks())
                .listener(events)
                .requestTimeout(PATIENCE)
                .waitTimeout(PATIENCE)
                .build();
    }
}
