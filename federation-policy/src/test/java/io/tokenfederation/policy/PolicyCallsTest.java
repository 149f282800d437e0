// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, how often and after which pause; against a server that says what it is told to. */
class PolicyCallsTest {
    private static final FederationPolicy POLICY = FederationPolicy.builder()
            .issuer("https://dev-1.us.auth0.com/")
            .audience("https://adb-1.2.azuredatabricks.net")
            .subject("backend@clients")
            .build();
    private static final String STORED =
            "{\"policy_id\":\"ci\",\"oidc_policy\":{\"issuer\":\"https://i.example.com\"}}";
    private static final String PATH =
            "/api/2.0/accounts/" + ScriptedApi.ACCOUNT + "/servicePrincipals/7/federationPolicies";

    private final ScriptedApi api;

    PolicyCallsTest() throws IOException {
        api = new ScriptedApi();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void requestsAreTheDocumentedOnes() {
        String stored = ScriptedApi.stored("ci", POLICY);
        api.answer(200, stored)
                .answer(200, stored)
                .answer(200, stored)
                .answer(200, "{}")
                .answer(200, "{}");
        DesiredPolicy desired = DesiredPolicy.of(POLICY).withId("ci").withDescription("d");

        api.policies().create(desired);
        api.policies().update(desired, Set.of(PolicyField.DESCRIPTION, PolicyField.AUDIENCES));
        api.policies().get("ci");
        api.policies().delete("ci");
        assertThat(api.policies().list()).isEmpty();

        String body = "{\"oidc_policy\":{\"issuer\":\"https://dev-1.us.auth0.com/\","
                + "\"audiences\":[\"https://adb-1.2.azuredatabricks.net\"],\"subject\":\"backend@clients\","
                + "\"subject_claim\":\"sub\"},\"description\":\"d\"}";
        assertThat(api.requests)
                .containsExactly(
                        "POST " + PATH + "?policy_id=ci " + body,
                        "PATCH " + PATH + "/ci?update_mask=oidc_policy.audiences%2Cdescription " + body,
                        "GET " + PATH + "/ci",
                        "DELETE " + PATH + "/ci",
                        "GET " + PATH);
    }

    @Test
    void theServerSaysHowLongToWait() {
        api.answer(429, "", "Retry-After", "3")
                .answer(503, "", "Retry-After", "5")
                .answer(200, "{}");

        assertThat(api.policies().list()).isEmpty();

        assertThat(api.pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void withoutAWordPausesGrowAndScatter() {
        api.answer(502, "").answer(502, "").answer(502, "").answer(200, "{}");

        assertThat(api.policies().list()).isEmpty();

        assertThat(api.pauses).hasSize(3);
        assertThat(api.pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(api.pauses.get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(api.pauses.get(2)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void fourTriesAreEnough() {
        assertThatThrownBy(() -> api.policies().list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_UNAVAILABLE"));
        assertThat(api.requests).hasSize(4);
    }

    @Test
    void ensuringEndsAtSomeTime() {
        api.answer(200, "{}");
        for (int i = 0; i < 6; i++) {
            api.answer(409, "{\"error_code\":\"ALREADY_EXISTS\"}").answer(404, "{\"error_code\":\"NOT_FOUND\"}");
        }

        assertThatThrownBy(() -> api.policies().ensure(POLICY))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_EXISTS"));
        assertThat(api.requests.stream().filter(request -> request.startsWith("POST")))
                .hasSize(6)
                .allMatch(request -> request.contains("policy_id=dev-1-us-auth0-com-"));
        assertThat(api.pauses).hasSize(5);
    }

    @Test
    void pagesThatLeadInACircleAreLeft() {
        for (int i = 0; i < 9; i++) {
            api.answer(200, "{\"policies\":[" + STORED + "],\"next_page_token\":\"" + i % 2 + "\"}");
        }

        assertThatThrownBy(() -> api.policies().list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_REPLY_UNREADABLE"))
                .hasMessageContaining("circle");
        assertThat(api.requests).hasSize(3);
    }

    @Test
    void anEmptyPageMayLeadOn() {
        api.answer(200, "{\"next_page_token\":\"a b&c\"}").answer(200, "{\"policies\":[" + STORED + "]}");

        assertThat(api.policies().list().map(StoredPolicy::id)).containsExactly("ci");
        assertThat(api.requests.get(1)).endsWith("?page_token=a%20b%26c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "no JSON", "{\"policies\":7}", "{\"policies\":[{}]}", "{\"policies\":[7]}"})
    void whatIsNoListIsSaidToBeNone(String body) {
        api.answer(200, body);

        assertThatThrownBy(() -> api.policies().list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_REPLY_UNREADABLE"));
    }

    @Test
    void aStrangePolicyAmongOthersHidesNone() {
        String strange = "{\"policy_id\":\"odd\",\"oidc_policy\":{\"audiences\":\"x\"},\"create_time\":\"yesterday\"}";
        String ours = "{\"policy_id\":\"ours\"," + POLICY.toJson().substring(1);
        api.answer(200, "{\"policies\":[" + strange + "," + ours + "]}");
        api.answer(200, "{\"policies\":[" + strange + "]}");

        assertThat(api.policies().ensure(POLICY).policy().id()).isEqualTo("ours");
        StoredPolicy odd = api.policies().list().toList().get(0);
        assertThat(odd.createdAt()).isEmpty();
        assertThat(odd).hasToString("StoredPolicy[odd, unreadable]");
        assertThatThrownBy(odd::policy).isInstanceOf(PolicyException.class).hasMessageContaining("odd");
    }

    @Test
    void aFilterThatWasNotUnderstoodLeadsToNobody() throws IOException {
        api.answer(200, "{\"Resources\":[{\"id\":\"9\",\"applicationId\":\"22222222-2222-4333-8444-555555555555\"}]}");
        FederationPolicies policies = api.policies()
                .withOwner(new PolicyOwner(PolicyOwner.Kind.SERVICE_PRINCIPAL, "33333333-2222-4333-8444-555555555555"));

        assertThatThrownBy(policies::servicePrincipalId)
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("SERVICE_PRINCIPAL_NOT_FOUND"));
        assertThat(api.requests)
                .containsExactly("GET /api/2.0/accounts/" + ScriptedApi.ACCOUNT + "/scim/v2/ServicePrincipals?filter="
                        + "applicationId%20eq%20%2233333333-2222-4333-8444-555555555555%22");
    }
}
