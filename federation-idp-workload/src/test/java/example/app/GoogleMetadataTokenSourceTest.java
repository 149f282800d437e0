// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.workload.GoogleMetadataTokenSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoogleMetadataTokenSourceTest {
    private static final String SUBJECT = "104567890123456789012";

    private final RuntimeStandIn google = new RuntimeStandIn().header("Metadata-Flavor", "Google");

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void identityTokenIsAskedForWithTheFlavorAndTheAudienceEncoded() {
        answerWithAToken();

        IdpToken token = source().build().mint();

        assertThat(google.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri())
                    .isEqualTo("/computeMetadata/v1/instance/service-accounts/default/identity?audience="
                            + "https%3A%2F%2Fadb-1.azuredatabricks.net");
            assertThat(asked.header("Metadata-flavor")).isEqualTo("Google");
            assertThat(asked.headers()).doesNotContainKey("Authorization");
        });
        assertThat(token.issuer()).isEqualTo("https://accounts.google.com");
    }

    @Test
    void w15SubjectIsTheNumberAsItIs() {
        answerWithAToken();

        assertThat(source().build().mint().subject()).isEqualTo(SUBJECT);
    }

    @Test
    void anotherServiceAccountIsAskedForByItsAddress() {
        answerWithAToken();

        source().serviceAccount("a@p.iam.gserviceaccount.com").build().mint();

        assertThat(google.asked().get(0).uri()).contains("/service-accounts/a@p.iam.gserviceaccount.com/identity?");
    }

    @ParameterizedTest
    @CsvSource({
        "404, GOOGLE_IDENTITY_MISSING, false",
        "400, GOOGLE_REFUSED, false",
        "403, GOOGLE_REFUSED, false",
        "301, GOOGLE_REFUSED, false",
        "429, IDP_RATE_LIMITED, true",
        "500, IDP_UNAVAILABLE, true"
    })
    void refusalsAreToldApart(int status, String code, boolean retryable) {
        google.answering(status, "service account not defined");

        IdpTokenException failure = Failures.of(source().build());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure).hasMessageContaining("service account not defined");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ya29.canary7c1f0e5d", "{\"access_token\":\"ya29.canary7c1f0e5d\"}"})
    void accessTokenInPlaceOfAnIdentityTokenIsTold(String body) {
        google.answering(200, body);

        assertThat(Failures.of(source().build()).code()).isEqualTo("GOOGLE_ACCESS_TOKEN");
    }

    @Test
    void somebodyElsesAnswerIsNotTaken() {
        try (RuntimeStandIn other = new RuntimeStandIn()) {
            other.answering(200, Jwts.of("https://accounts.google.com", Jwts.AUDIENCE, SUBJECT));

            IdpTokenException failure =
                    Failures.of(source().endpoint(other.url()).build());

            assertThat(failure.code()).isEqualTo("GOOGLE_METADATA_FOREIGN");
        }
    }

    @Test
    void withoutAMetadataServerThatIsTold() {
        GoogleMetadataTokenSource source = source().build();
        google.close();

        IdpTokenException failure = Failures.of(source);

        assertThat(failure.code()).isEqualTo("GOOGLE_METADATA_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://metadata.google.internal",
                "http://metadata.google.internal/",
                "http://169.254.169.254",
                "http://localhost:8080"
            })
    void metadataServersAddressesAreTaken(String endpoint) {
        assertThat(source().endpoint(endpoint).build()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://metadata.google.internal",
                "http://metadata.google.internal:81",
                "http://metadata.google.internal@example.com",
                "http://example.com?http://169.254.169.254",
                "http://169.254.169.253"
            })
    void othersAreNot(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source().endpoint(endpoint).build());
    }

    @Test
    void audienceIsRequiredAndNothingSecretIsPrinted() {
        assertThatIllegalStateException()
                .isThrownBy(() -> GoogleMetadataTokenSource.builder().build())
                .withMessageContaining("audience");
        assertThat(List.of(source().build().toString()))
                .containsExactly("GoogleMetadataTokenSource[default, audience=" + Jwts.AUDIENCE + "]");
    }

    private void answerWithAToken() {
        google.answering(200, Jwts.of("https://accounts.google.com", Jwts.AUDIENCE, SUBJECT) + "\n");
    }

    private GoogleMetadataTokenSource.Builder source() {
        return GoogleMetadataTokenSource.builder().audience(Jwts.AUDIENCE).endpoint(google.url());
    }
}
