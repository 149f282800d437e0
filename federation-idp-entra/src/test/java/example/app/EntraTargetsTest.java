// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token is for, in the ways people write it. */
final class EntraTargetsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
                "2FF814A6-3304-4AB8-85CB-CD0E6F879C1D",
                "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/",
                "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default",
                "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d//.default"
            })
    void databricksItselfIsRefusedHoweverItIsWritten(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManagedIdentityTokenSource.builder().resource(target))
                .withMessageContaining("azureDatabricks()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntraTokenSource.builder().v1Resource(target))
                .withMessageContaining("azureDatabricks()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntraTokenSource.builder().application(target))
                .withMessageContaining("azureDatabricks()");
    }

    /** In a pod of a national cloud the environment alone says which: names that depend on the cloud must follow. */
    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com/, https://management.core.windows.net//.default",
        "https://login.microsoftonline.us/, https://management.core.usgovcloudapi.net//.default",
        "https://login.partner.microsoftonline.cn, https://management.core.chinacloudapi.cn//.default",
        "https://login.chinacloudapi.cn/, https://management.core.chinacloudapi.cn//.default"
    })
    void authorityOfAPodSaysWhichCloudItIsIn(String authority, String scope, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("token"), ScriptedEntra.jwt(Map.of()));
        try (ScriptedEntra entra = new ScriptedEntra()) {
            entra.answers(200, ScriptedEntra.issued(ScriptedEntra.jwt(Map.of())));

            EntraTokenSource.builder()
                    .workloadIdentity(Map.of(
                            "AZURE_TENANT_ID",
                            ScriptedEntra.TENANT,
                            "AZURE_CLIENT_ID",
                            ScriptedEntra.CLIENT,
                            "AZURE_AUTHORITY_HOST",
                            authority,
                            "AZURE_FEDERATED_TOKEN_FILE",
                            file.toString()))
                    .authority(entra.url())
                    .azureManagement()
                    .build()
                    .mint();

            assertThat(entra.asked().get(0).form()).containsEntry("scope", scope);
        }
    }
}
