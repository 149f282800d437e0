// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import example.app.Web.Answer;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackManagedIdentity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackManagedIdentityTest {
    private static final String API = "api://databricks";
    private static final String ASSIGNED = "7c1d2e3f-4a5b-4c6d-8e9f-0a1b2c3d4e5f";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp entra = LoopbackIdp.entra().clock(clock).start();

    @BeforeEach
    void register() {
        entra.api(API);
    }

    @AfterEach
    void close() {
        entra.close();
    }

    @Test
    void theMachinesOwnIdentityGetsATokenWithItsNumbersAsTexts() throws Exception {
        try (LoopbackManagedIdentity imds = LoopbackManagedIdentity.imds(entra)) {
            Answer answer = ask(imds, "2018-02-01", "&resource=" + API, "Metadata", "true");

            assertThat(answer.status()).isEqualTo(200);
            long now = FakeClock.START.getEpochSecond();
            assertThat(answer.json().path("expires_on")).isEqualTo(Web.json("\"" + (now + 3599) + "\""));
            assertThat(answer.json().path("expires_in")).isEqualTo(Web.json("\"3599\""));
            assertThat(subject(answer)).isEqualTo(imds.subject());
            assertThat(imds.environment())
                    .containsEntry(
                            "AZURE_POD_IDENTITY_AUTHORITY_HOST",
                            imds.endpoint().resolve("/").toString().replaceAll("/$", ""));
            assertThat(imds.requests()).isEqualTo(1);
        }
    }

    @Test
    void imdsWantsItsHeaderItsVersionAndAResource() throws Exception {
        try (LoopbackManagedIdentity imds = LoopbackManagedIdentity.imds(entra)) {
            assertThat(ask(imds, "2018-02-01", "&resource=" + API).status()).isEqualTo(400);
            assertThat(ask(imds, "2018-02-01", "&resource=" + API, "Metadata", "True")
                            .status())
                    .isEqualTo(400);
            assertThat(ask(imds, "2010-01-01", "&resource=" + API, "Metadata", "true")
                            .status())
                    .isEqualTo(400);
            assertThat(ask(imds, "2018-02-01", "", "Metadata", "true").status()).isEqualTo(400);
        }
    }

    @Test
    void anUnknownResourceIsRefusedAsEntraWould() throws Exception {
        try (LoopbackManagedIdentity imds = LoopbackManagedIdentity.imds(entra)) {
            Answer answer = ask(imds, "2018-02-01", "&resource=api://nothing", "Metadata", "true");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isEqualTo("invalid_resource");
            assertThat(answer.json().path("error_description").asText()).startsWith("AADSTS500011: ");
        }
    }

    @Test
    void anAssignedIdentityMustBeNamed() throws Exception {
        try (LoopbackManagedIdentity imds = LoopbackManagedIdentity.imds(entra).userAssigned(ASSIGNED)) {
            String query = "&resource=" + API + "&client_id=";

            Answer assigned = ask(imds, "2018-02-01", query + ASSIGNED, "Metadata", "true");
            Answer unknown = ask(imds, "2018-02-01", query + "nobody", "Metadata", "true");

            assertThat(subject(assigned)).isEqualTo(entra.subjectOf(ASSIGNED)).isNotEqualTo(imds.subject());
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.json().path("error_description").asText()).isEqualTo("Identity not found");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 429, 500})
    void passingFailuresPass(int status) throws Exception {
        try (LoopbackManagedIdentity imds = LoopbackManagedIdentity.imds(entra)) {
            imds.faults().failNext(1, Fault.status(status));

            Answer failed = ask(imds, "2018-02-01", "&resource=" + API, "Metadata", "true");
            Answer proper = ask(imds, "2018-02-01", "&resource=" + API, "Metadata", "true");

            assertThat(failed.status()).isEqualTo(status);
            assertThat(proper.status()).isEqualTo(200);
        }
    }

    @Test
    void rateLimitsSayWhenToComeBack() throws Exception {
        try (LoopbackManagedIdentity imds = LoopbackManagedIdentity.imds(entra)) {
            imds.faults().failNext(1, Fault.rateLimited(Duration.ofSeconds(3)));

            Answer answer = ask(imds, "2018-02-01", "&resource=" + API, "Metadata", "true");

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isEqualTo("3");
        }
    }

    @Test
    void appServiceWantsTheHeaderOfTheEnvironment() throws Exception {
        try (LoopbackManagedIdentity app = LoopbackManagedIdentity.appService(entra)) {
            String query = "&resource=" + API;
            String header = app.environment().get("IDENTITY_HEADER");

            Answer right = ask(app, "2019-08-01", query, "X-IDENTITY-HEADER", header);
            Answer wrong = ask(app, "2019-08-01", query, "X-IDENTITY-HEADER", "guess");
            Answer none = ask(app, "2019-08-01", query);

            assertThat(app.environment())
                    .containsEntry("IDENTITY_ENDPOINT", app.endpoint().toString());
            assertThat(right.json().has("expires_in")).isFalse();
            assertThat(right.json().path("expires_on").isTextual()).isTrue();
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(none.status()).isEqualTo(401);
        }
    }

    @Test
    void arcWantsTheContentOfAFileOnce(@TempDir Path directory) throws Exception {
        try (LoopbackManagedIdentity arc = LoopbackManagedIdentity.arc(entra, directory)) {
            String query = "&resource=" + API;

            Answer challenge = ask(arc, "2019-11-01", query, "Metadata", "true");
            String file = challenge.header("WWW-Authenticate").replaceFirst("^Basic realm=", "");
            String basic = "Basic " + Files.readString(Path.of(file));
            Answer guessed = ask(arc, "2019-11-01", query, "Metadata", "true", "Authorization", "Basic guess");
            Answer proved = ask(arc, "2019-11-01", query, "Metadata", "true", "Authorization", basic);
            Answer again = ask(arc, "2019-11-01", query, "Metadata", "true", "Authorization", basic);

            assertThat(challenge.status()).isEqualTo(401);
            assertThat(Path.of(file)).hasParent(directory);
            assertThat(file).endsWith(".key");
            assertThat(guessed.status()).isEqualTo(401);
            assertThat(subject(proved)).isEqualTo(arc.subject());
            assertThat(again.status()).isEqualTo(401);
            assertThatIllegalStateException().isThrownBy(() -> arc.userAssigned(ASSIGNED));
        }
    }

    @Test
    void onlyEntraHasManagedIdentities() {
        try (LoopbackIdp auth0 = LoopbackIdp.auth0().start()) {
            assertThatIllegalArgumentException().isThrownBy(() -> LoopbackManagedIdentity.imds(auth0));
        }
    }

    private static Answer ask(LoopbackManagedIdentity identity, String version, String query, String... headers)
            throws Exception {
        return Web.get(URI.create(identity.endpoint() + "?api-version=" + version + query), headers);
    }

    private static String subject(Answer answer) {
        return Web.claims(answer.json().path("access_token").asText())
                .path("sub")
                .asText();
    }
}
