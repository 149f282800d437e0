// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import io.tokenfederation.entra.ManagedIdentityTokenSourceBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something else can answer at the metadata service's address, off Azure above all. */
final class MetadataServiceTest {
    private ScriptedEntra host;

    @BeforeEach
    void start() throws IOException {
        host = new ScriptedEntra();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | <html>here: blocked by the proxy</html> |",
                "404 | nothing here, here |",
                "404 | <html>here</html> | nginx",
                "301 | '' |"
            })
    void whatAnswersInPlaceOfTheMetadataServiceIsToldSo(int status, String body, String server) {
        host.answers(status, body, server == null ? Map.of() : Map.of("Server", server));

        IdpTokenException failure = failure(onMachine());

        assertThat(failure.code()).isEqualTo("ENTRA_METADATA_FOREIGN");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.fix()).contains("Run this on Azure");
        assertThat(failure).hasMessageContaining("not Azure's instance metadata service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | Not Found | IMDS/150.870.65.1854 | IDP_UNAVAILABLE",
                "403 | '' | Microsoft-IIS/10.0 IMDS/150 | IDP_REFUSED",
                "404 | {\"error\":\"not_found\"} | | IDP_UNAVAILABLE",
                "503 | busy | | IDP_UNAVAILABLE",
                "429 | busy | | IDP_RATE_LIMITED"
            })
    void theMetadataServiceItselfIsKnownByItsHeaderOrItsJson(int status, String body, String server, String code) {
        host.answers(status, body, server == null ? Map.of() : Map.of("Server", server));

        assertThat(failure(onMachine()).code()).isEqualTo(code);
    }

    @Test
    void appServicesEndpointIsNotMeasuredByTheMetadataServices() {
        host.answers(404, "nothing here");

        assertThat(failure(onAppService()).code()).isEqualTo("IDP_UNAVAILABLE");
    }

    private static IdpTokenException failure(ManagedIdentityTokenSourceBuilder builder) {
        ManagedIdentityTokenSource source = builder.build();
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }

    private ManagedIdentityTokenSourceBuilder onMachine() {
        return on(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", host.url()));
    }

    private ManagedIdentityTokenSourceBuilder onAppService() {
        return on(Map.of("IDENTITY_ENDPOINT", host.url() + "/msi/token", "IDENTITY_HEADER", "header"));
    }

    private static ManagedIdentityTokenSourceBuilder on(Map<String, String> environment) {
        return ManagedIdentityTokenSource.builder().environment(environment).resource(ScriptedEntra.API);
    }
}
