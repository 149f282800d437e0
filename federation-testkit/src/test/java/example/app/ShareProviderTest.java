// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.policy.Ensured;
import io.tokenfederation.policy.Ensured.Outcome;
import io.tokenfederation.policy.GrantReport;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.RecipientGrant;
import io.tokenfederation.policy.RecipientProfile;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.MetastorePrivilege;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareProviderTest {
    private final Providing providing = new Providing();

    @AfterEach
    void close() {
        providing.close();
    }

    @Test
    void recipientPolicyAndPermissionAreCreatedAndASecondRunWritesNothing() throws Exception {
        GrantReport first = providing.provider.ensure(providing.acme().property("country", "DE"));
        long writes = writes();
        GrantReport second = providing.provider.ensure(providing.acme().property("country", "DE"));

        assertThat(first).hasToString("created recipient acme\ncreated policy nightly-job\ngranted share sales");
        assertThat(second).hasToString("unchanged recipient acme\nunchanged policy nightly-job\nunchanged share sales");
        assertThat(first.changed()).isTrue();
        assertThat(second.changed()).isFalse();
        assertThat(writes()).isEqualTo(writes).isEqualTo(3);
        assertThat(stored().path("authentication_type").asText()).isEqualTo("OIDC_FEDERATION");
    }

    /** Unity Catalog keeps names in lower case, and answers so. */
    @Test
    void aNameWithCapitalsIsTheSameRecipientInLowerCase() throws Exception {
        RecipientGrant acme = RecipientGrant.to("Acme")
                .policy("nightly-job", providing.policy("oid", "11111111-2222-3333-4444-555555555555"))
                .share("Sales");

        GrantReport first = providing.provider.ensure(acme);
        GrantReport second = providing.provider.ensure(acme);

        assertThat(first).hasToString("created recipient Acme\ncreated policy nightly-job\ngranted share Sales");
        assertThat(second.changed()).isFalse();
        assertThat(stored().path("name").asText()).isEqualTo("acme");
        assertThat(providing.provider.ensure(providing.acme()).changed()).isFalse();
    }

    @Test
    void whatOthersMadeStays() throws Exception {
        providing.provider.ensure(providing.acme().property("country", "DE").property("tier", "gold"));
        providing.provider.ensure(RecipientGrant.to("acme").policy("power-bi", providing.policy("groups", "analysts")));

        GrantReport report = providing.provider.ensure(RecipientGrant.to("acme").property("tier", "silver"));

        assertThat(report.created()).isEqualTo(Outcome.UPDATED);
        JsonNode properties = stored().path("properties_kvpairs").path("properties");
        assertThat(properties).isEqualTo(Web.json("{\"country\":\"DE\",\"tier\":\"silver\"}"));
        assertThat(providing.provider.ensure(providing.acme()).changed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aLostAnswerIsLookedForAndLeavesOneOfEach(int before) throws Exception {
        if (before > 0) {
            providing.provider.ensure(RecipientGrant.to("acme"));
        }
        providing.api.writes().failNext(2, Fault.lostAnswer());
        providing.databricks.policyApi().writes().failNext(1, Fault.lostAnswer());

        GrantReport report = providing.provider.ensure(providing.acme().property("country", "DE"));

        assertThat(report.created()).isEqualTo(before > 0 ? Outcome.UPDATED : Outcome.CREATED);
        assertThat(report.policies()).extracting(Ensured::outcome).containsExactly(Outcome.CREATED);
        assertThat(report.shares()).containsEntry("sales", Outcome.CREATED);
        assertThat(providing
                        .provider
                        .ensure(providing.acme().property("country", "DE"))
                        .changed())
                .isFalse();
    }

    @Test
    void manyAtOnceMakeOneOfEach() throws Exception {
        int callers = 8;
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<GrantReport>> tasks = IntStream.range(0, callers)
                    .<Callable<GrantReport>>mapToObj(i -> () -> {
                        start.await();
                        return providing.provider.ensure(providing.acme().property("country", "DE"));
                    })
                    .toList();
            List<Outcome> recipients = new ArrayList<>();
            for (Future<GrantReport> report : threads.invokeAll(tasks)) {
                recipients.add(report.get().created());
            }

            assertThat(recipients).containsOnlyOnce(Outcome.CREATED).doesNotContain(Outcome.UPDATED);
            assertThat(providing.provider.ensure(providing.acme()).changed()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void permissionsAreFoundOnTheLastPage() {
        for (int i = 0; i < 5; i++) {
            providing.provider.ensure(RecipientGrant.to("r" + i).share("sales"));
        }

        assertThat(providing
                        .provider
                        .ensure(RecipientGrant.to("r4").share("sales"))
                        .changed())
                .isFalse();
    }

    @Test
    void aRecipientWithLongLivedTokensIsLeftAsItIs() {
        providing.server.bearerToken("acme", providing.clock.instant().plusSeconds(60));
        providing.databricks.policyApi().metastoreAdmin(providing.data);

        PolicyException refused = failure(providing.acme());

        assertThat(refused.code()).isEqualTo("POLICY_RECIPIENT_KIND");
        assertThat(refused).hasMessageContaining("recipient acme").hasMessageContaining("TOKEN");
        assertThat(providing.api.writeRequests()).isZero();
    }

    @Test
    void aShareThatIsNotThereIsToldAndWhatWasDoneBeforeStays() {
        providing.databricks.policyApi().metastoreAdmin(providing.data);

        PolicyException missing = failure(providing.acme().share("typo"));

        assertThat(missing.code()).isEqualTo("POLICY_SHARE_NOT_FOUND");
        assertThat(missing.retryable()).isFalse();
        assertThat(providing.provider.ensure(providing.acme()).changed()).isFalse();
    }

    @Test
    void whoMayNotCreateRecipientsIsToldWhatToGrant() {
        PolicyException denied = catchThrowableOfType(
                PolicyException.class, () -> providing.as(providing.stranger).ensure(providing.acme()));

        assertThat(denied.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(denied.fix()).contains("CREATE RECIPIENT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoMayCreateRecipientsOnlyNeedsNotSeeThose(boolean hidden) {
        providing.api.hidesAbsentRecipients(hidden);

        assertThat(providing.provider.ensure(RecipientGrant.to("acme")).created())
                .isEqualTo(Outcome.CREATED);

        providing.api.allow(providing.stranger, MetastorePrivilege.CREATE_RECIPIENT);
        PolicyException others = catchThrowableOfType(
                PolicyException.class, () -> providing.as(providing.stranger).ensure(RecipientGrant.to("acme")));
        assertThat(others.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(others.fix()).contains("only its owner may change");
    }

    @Test
    void whoMayNotGrantTheShareIsToldWhatToGrant() {
        providing.api.allow(providing.stranger, MetastorePrivilege.CREATE_RECIPIENT);
        providing.api.allow(providing.stranger, MetastorePrivilege.USE_SHARE);

        PolicyException denied = catchThrowableOfType(
                PolicyException.class, () -> providing.as(providing.stranger).ensure(providing.acme()));

        assertThat(denied.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(denied.fix()).contains("SET SHARE PERMISSION").contains("own");
    }

    @Test
    void whoMayUseAndSetSharesNeedNotOwnThem() {
        providing.api.allow(providing.stranger, MetastorePrivilege.CREATE_RECIPIENT);
        providing.api.allow(providing.stranger, MetastorePrivilege.USE_SHARE);
        providing.api.allow(providing.stranger, MetastorePrivilege.SET_SHARE_PERMISSION);

        assertThat(providing.as(providing.stranger).ensure(providing.acme()).shares())
                .containsEntry("sales", Outcome.CREATED);
    }

    @Test
    void grantsThatCannotBeAreRefusedBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> RecipientGrant.to("acme").property("databricks.name", "x"))
                .hasMessageContaining("databricks.");
        assertThatThrownBy(() -> RecipientGrant.to("acme").share("a/b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecipientGrant.to("..")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecipientGrant.to("acme")
                        .policy(providing.policy("oid", "me").forAccount()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProfileHoldsNoSecretAndSaysWhatIsToBePutIn() {
        RecipientProfile theirs = RecipientProfile.of(
                URI.create("https://oregon.cloud.databricks.com/api/2.0/delta-sharing/metastores/m/recipients/r"),
                URI.create("https://login.microsoftonline.com/t/oauth2/v2.0/token"));
        RecipientProfile ours = theirs.clientId("4f3a").scope("api/.default");

        assertThat(Web.json(theirs.toJson()))
                .isEqualTo(
                        Web.json("{\"shareCredentialsVersion\":2,\"endpoint\":\"https://oregon.cloud.databricks.com/api"
                                + "/2.0/delta-sharing/metastores/m/recipients/r\",\"tokenEndpoint\":\"https://login.microsoftonline"
                                + ".com/t/oauth2/v2.0/token\",\"type\":\"oauth_client_credentials\",\"clientId\":\"[REPLACE_WITH_"
                                + "YOUR_CLIENT_ID]\",\"clientSecret\":\"[REPLACE_WITH_YOUR_CLIENT_SECRET]\",\"scope\":\"[REPLACE_"
                                + "WITH_YOUR_SCOPE]\"}"));
        assertThat(Web.json(ours.toJson()).path("clientId").asText()).isEqualTo("4f3a");
        assertThat(Web.json(ours.toJson()).path("clientSecret").asText()).startsWith("[");
    }

    private PolicyException failure(RecipientGrant grant) {
        return catchThrowableOfType(PolicyException.class, () -> providing.provider.ensure(grant));
    }

    private long writes() {
        return providing.api.writeRequests() + providing.databricks.policyApi().writeRequests();
    }

    private JsonNode stored() throws Exception {
        LoopbackDatabricks databricks = providing.databricks;
        String token = databricks.tokensOf(providing.data).token().value();
        URI uri = databricks.workspaceUrl().resolve("/api/2.1/unity-catalog/recipients/acme");
        return Web.get(uri, "Authorization", "Bearer " + token).json();
    }
}
