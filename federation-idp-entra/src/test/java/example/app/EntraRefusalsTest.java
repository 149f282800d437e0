// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.entra.EntraTokenSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each number of Entra ID that a backend meets: its code, its fix, and whether waiting helps. */
final class EntraRefusalsTest {
    private ScriptedEntra entra;

    @BeforeEach
    void start() throws IOException {
        entra = new ScriptedEntra();
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7000215|ENTRA_SECRET_WRONG|Use the secret's Value, not its Secret ID, for '" + ScriptedEntra.CLIENT,
                "7000222|ENTRA_SECRET_EXPIRED|has expired: create a new one",
                "7000218|ENTRA_CREDENTIAL_MISSING|look for a proxy",
                "700016|ENTRA_APP_NOT_FOUND|Tenant '" + ScriptedEntra.TENANT,
                "90002|ENTRA_TENANT_NOT_FOUND|There is no tenant '" + ScriptedEntra.TENANT + "' at http://127.0.0.1",
                "900382|ENTRA_WRONG_CLOUD|set cloud(...)",
                "900432|ENTRA_WRONG_CLOUD|set cloud(...)",
                "90038|ENTRA_WRONG_CLOUD|set cloud(...)",
                "500011|ENTRA_RESOURCE_NOT_FOUND|Check '" + ScriptedEntra.API + "' character for character",
                "50001|ENTRA_RESOURCE_NOT_FOUND|az ad sp create",
                "70011|ENTRA_SCOPE_INVALID|appends '/.default'",
                "1002012|ENTRA_SCOPE_INVALID|appends '/.default'",
                "700022|ENTRA_SEVERAL_RESOURCES|one API at a time",
                "901002|ENTRA_RESOURCE_PARAMETER|v1Resource(...)",
                "9001023|ENTRA_TENANT_NOT_CONCRETE|Directory (tenant) ID",
                "700027|ENTRA_CERTIFICATE_REJECTED|Upload the certificate",
                "700030|ENTRA_CERTIFICATE_REJECTED|Upload the certificate",
                "50012|ENTRA_CERTIFICATE_REJECTED|Upload the certificate",
                "700024|ENTRA_ASSERTION_EXPIRED|Check this machine's clock",
                "70021|ENTRA_FEDERATED_CREDENTIAL_NOT_FOUND|must fit issuer, subject and audience of a federated",
                "700211|ENTRA_FEDERATED_ISSUER_MISMATCH|iss must be the issuer of a federated credential",
                "700213|ENTRA_FEDERATED_SUBJECT_MISMATCH|sub must be the subject of a federated credential",
                "700212|ENTRA_FEDERATED_AUDIENCE_MISMATCH|aud must be the audience of a federated credential",
                "501051|ENTRA_ASSIGNMENT_REQUIRED|Assign an app role of '" + ScriptedEntra.API,
                "50105|ENTRA_ASSIGNMENT_REQUIRED|turn off Assignment required",
                "7000112|ENTRA_APP_DISABLED|Enable sign-in",
                "53003|ENTRA_CONDITIONAL_ACCESS|service principal sign-in logs",
                "530032|ENTRA_CONDITIONAL_ACCESS|service principal sign-in logs",
            })
    void whatSomebodyHasToMendIsNotRetried(String number, String code, String fix) {
        entra.answers(401, ScriptedEntra.refusal("invalid_client", number, "No."));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.fix()).contains(fix);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.httpStatus()).hasValue(401);
        assertThat(failure.oauthError()).contains("invalid_client");
        assertThat(failure.requestId()).contains("c0c0");
    }

    /** Entra ID answers 400 to what is its own trouble, too. */
    @ParameterizedTest
    @ValueSource(strings = {"50033", "50087", "90006", "90012", "90024", "90033", "90090"})
    void whatPassesIsRetriedWhateverItsStatus(String number) {
        entra.answers(400, ScriptedEntra.refusal("invalid_request", number, "Try again later."));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo("ENTRA_UNAVAILABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"50196, ENTRA_LOOP_DETECTED, invalid_grant", "90055, ENTRA_THROTTLED, temporarily_unavailable"})
    void whatComesOfAskingTooOftenIsWaitedOut(String number, String code, String error) {
        entra.answers(400, ScriptedEntra.refusal(error, number, "Too much."));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void serversOwnWaitingTimeCounts() {
        entra.answers(429, ScriptedEntra.refusal("temporarily_unavailable", "90055", "."), Map.of("Retry-After", "7"));

        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "400, temporarily_unavailable, IDP_UNAVAILABLE, true",
        "503, server_error, IDP_UNAVAILABLE, true",
        "429, invalid_request, IDP_RATE_LIMITED, true",
        "401, invalid_client, IDP_CLIENT_REJECTED, false",
        "400, invalid_request, IDP_REFUSED, false"
    })
    void unknownNumberKeepsTheGeneralCode(int status, String error, String code, boolean retryable) {
        // A known number is the beginning of this one.
        entra.answers(status, ScriptedEntra.refusal(error, "70002159", "Something new."));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.requestId()).contains("c0c0");
    }

    @Test
    void replyThatIsNoneIsSaidToBeNone() {
        entra.answers(404, "<html><body>AADSTS is not here</body></html>");

        assertThat(failure().code()).isEqualTo("IDP_REPLY_UNREADABLE");
    }

    @Test
    void echoedSecretIsInNoMessage() {
        entra.answers(401, ScriptedEntra.refusal("invalid_client", "7000215", "Provided was c4n~ary.s3cret+x"));

        for (Throwable link = failure(); link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("s3cret");
        }
    }

    private IdpTokenException failure() {
        EntraTokenSource source = EntraTokenSource.builder()
                .tenant(ScriptedEntra.TENANT)
                .authority(entra.url())
                .clientId(ScriptedEntra.CLIENT)
                .clientSecret("c4n~ary.s3cret+x")
                .application(ScriptedEntra.API)
                .build();
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }
}
