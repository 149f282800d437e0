// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.entra.AzureManagementHeaders;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureManagementHeadersTest {
    private static final String WORKSPACE =
            "/subscriptions/s-1/resourceGroups/rg_1/providers/Microsoft.Databricks/workspaces/analytics";
    private static final String TOKEN = ScriptedEntra.jwt(Map.of("aud", "https://management.core.windows.net/"));

    @Test
    void requestGetsBothHeaders() {
        AzureManagementHeaders headers = AzureManagementHeaders.of(() -> IdpToken.parse(TOKEN), WORKSPACE);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://adb-1.azuredatabricks.net/"));

        headers.addTo(request::header);

        assertThat(request.build().headers().map())
                .isEqualTo(Map.of(
                        "X-Databricks-Azure-SP-Management-Token", List.of(TOKEN),
                        "X-Databricks-Azure-Workspace-Resource-Id", List.of(WORKSPACE)));
    }

    @Test
    void oneTokenServesManyRequests() {
        AtomicInteger minted = new AtomicInteger();
        AzureManagementHeaders headers = AzureManagementHeaders.of(
                () -> {
                    minted.incrementAndGet();
                    return IdpToken.parse(TOKEN);
                },
                WORKSPACE);

        for (int i = 0; i < 100; i++) {
            headers.addTo((name, value) -> assertThat(value).isNotEmpty());
        }

        assertThat(minted).hasValue(1);
    }

    @Test
    void requestStaysAsItWasWhereNoTokenIsToBeHad() {
        AzureManagementHeaders headers = AzureManagementHeaders.of(
                () -> {
                    throw new IdpTokenException(Problem.of(ErrorCode.IDP_CLIENT_REJECTED, "wrong secret"));
                },
                WORKSPACE);
        AtomicInteger added = new AtomicInteger();

        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class, () -> headers.addTo((name, value) -> added.incrementAndGet()));

        assertThat(failure.code()).isEqualTo("IDP_CLIENT_REJECTED");
        assertThat(added).hasValue(0);
    }

    @Test
    void printedFormHoldsNoToken() {
        AzureManagementHeaders headers = AzureManagementHeaders.of(() -> IdpToken.parse(TOKEN), WORKSPACE);
        headers.addTo((name, value) -> assertThat(name).startsWith("X-Databricks-Azure-"));

        assertThat(headers).hasToString("AzureManagementHeaders[" + WORKSPACE + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "analytics",
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v",
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/",
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/a\r\nX: y",
                "https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/a"
            })
    void resourceIdThatIsNoWorkspaceIsRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureManagementHeaders.of(() -> IdpToken.parse(TOKEN), id));
    }
}
