// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.policy.DatabricksCloud;
import io.tokenfederation.policy.DesiredPolicy;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPoliciesBuilder;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FederationPoliciesBuilderTest {
    private static final String ACCOUNT = "11111111-2222-4333-8444-555555555555";
    private static final String WORKSPACE = "https://adb-1234567890123456.7.azuredatabricks.net";
    private static final DatabricksTokenSource NO_TOKENS = () -> {
        throw new AssertionError("nothing may be sent");
    };

    private final FederationPoliciesBuilder builder = FederationPolicies.builder();

    @ParameterizedTest
    @CsvSource({
        "AWS,https://accounts.cloud.databricks.com,https://dbc-1.cloud.databricks.com",
        "AZURE,https://accounts.azuredatabricks.net,https://adb-1.7.azuredatabricks.net/",
        "GCP,https://accounts.gcp.databricks.com,https://1.2.gcp.databricks.com",
        "AWS_GOV,https://accounts.cloud.databricks.us,https://x.cloud.databricks.us",
        "AWS_GOV_DOD,https://accounts-dod.cloud.databricks.mil,https://x.cloud.databricks.mil",
        "AZURE_GOV,https://accounts.databricks.azure.us,https://adb-1.7.databricks.azure.us",
        "AZURE_CHINA,https://accounts.databricks.azure.cn,https://adb-1.7.databricks.azure.cn"
    })
    void eachCloudHasItsAccountHost(DatabricksCloud cloud, String account, String workspace) {
        assertThat(cloud.accountUrl()).hasToString(account);
        assertThat(DatabricksCloud.ofWorkspace(workspace)).contains(cloud);
        assertThat(builder.account(account, ACCOUNT)
                        .owner(PolicyOwner.account())
                        .tokens(NO_TOKENS)
                        .build())
                .hasToString("FederationPolicies[the account, " + account + "]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.account(workspace, ACCOUNT))
                .withMessageContaining(account);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.workspace(account));
    }

    @Test
    void aHostOfOnesOwnIsInNoCloud() {
        assertThat(DatabricksCloud.ofWorkspace("https://databricks.example.com"))
                .isEmpty();
        assertThat(builder.account("https://databricks.example.com/", ACCOUNT)).isSameAs(builder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "11111111-2222-4333-8444-55555555555", "x1111111-2222-4333-8444-555555555555"})
    void anAccountIdIsAUuid(String accountId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.account(DatabricksCloud.AWS, accountId))
                .withMessageContaining("UUID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://accounts.cloud.databricks.com",
                "https://accounts.cloud.databricks.com/login",
                "https://accounts.cloud.databricks.com?account_id=1",
                "accounts.cloud.databricks.com",
                "https://user:password@accounts.cloud.databricks.com"
            })
    void anAccountsAddressIsAHost(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.account(url, ACCOUNT))
                .withMessageNotContaining("password@");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("account(...)");
        builder.account(DatabricksCloud.AWS, ACCOUNT);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("owner");
        builder.owner(PolicyOwner.account());
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("tokens");
    }

    @Test
    void whoIsKeptElsewhereIsRefused() {
        FederationPolicies ofAccount = builder.account(DatabricksCloud.AWS, ACCOUNT)
                .owner(PolicyOwner.account())
                .tokens(NO_TOKENS)
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> ofAccount.withOwner(PolicyOwner.recipient("partner")))
                .withMessageContaining("workspace(url)");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.workspace(WORKSPACE).build())
                .withMessageContaining("account(...)");
        assertThatIllegalStateException().isThrownBy(ofAccount::servicePrincipalId);
        assertThat(ofAccount.withOwner(PolicyOwner.servicePrincipal(7)).owner())
                .isEqualTo(PolicyOwner.servicePrincipal(7));
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() {
        HttpClient follows = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        builder.workspace(WORKSPACE).owner(PolicyOwner.recipient("p")).tokens(NO_TOKENS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.httpClient(follows).build())
                .withMessageContaining("redirects");
    }

    @Test
    void aTimeoutIsMoreThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "CI", "a_b", "a.b", "a/b", "ä", "a b"})
    void anIdThatDatabricksWouldNotTakeIsRefusedBeforeItIsAsked(String id) {
        DesiredPolicy desired = DesiredPolicy.of(
                FederationPolicy.builder().issuer("https://i.example.com").build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> desired.withId(id))
                .withMessageContaining("2 to 63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desired.withId("a".repeat(64)))
                .withMessageContaining("this one has 64");
        assertThat(desired.withId("a".repeat(63)).id()).contains("a".repeat(63));
    }
}
