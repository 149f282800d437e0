// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A status of 200 is not believed: the reply must be about what was asked for, and say what was written. */
class PolicyRepliesTest {
    private static final FederationPolicy POLICY = FederationPolicy.builder()
            .issuer("https://dev-1.us.auth0.com/")
            .audience("https://adb-1.2.azuredatabricks.net")
            .subject("backend@clients")
            .build();
    private static final FederationPolicy OTHER =
            POLICY.toBuilder().subject("other@clients").build();
    private static final DesiredPolicy DESIRED = DesiredPolicy.of(POLICY).withId("ci");

    private final ScriptedApi api;

    PolicyRepliesTest() throws IOException {
        api = new ScriptedApi();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aReplyAboutAnotherPolicyIsNotTakenForThisOne() {
        String zzz = ScriptedApi.stored("zzz", POLICY);
        api.answer(200, zzz).answer(200, zzz).answer(200, zzz).answer(200, zzz);

        isRefused(() -> api.policies().get("ci"), "zzz");
        isRefused(() -> api.policies().create(DESIRED), "zzz");
        isRefused(() -> api.policies().update(DESIRED, Set.of(PolicyField.ISSUER)), "zzz");
        isRefused(() -> api.policies().ensure(DESIRED), "zzz");
        assertThat(api.requests).hasSize(4);
    }

    @Test
    void aReplyThatSaysSomethingElseIsNoSuccess() {
        String other = ScriptedApi.stored("ci", OTHER);
        api.answer(200, other).answer(200, other).answer(200, "{\"policy_id\":\"ci\"}");

        isRefused(() -> api.policies().create(DESIRED), "oidc_policy.subject");
        isRefused(() -> api.policies().update(DESIRED, Set.of(PolicyField.SUBJECT)), "oidc_policy.subject");
        isRefused(() -> api.policies().create(DESIRED), "oidc_policy.issuer");
    }

    /** The others are whatever they were. */
    @Test
    void onlyTheFieldsThatWereWrittenAreCompared() {
        api.answer(200, ScriptedApi.stored("ci", OTHER));

        StoredPolicy updated = api.policies().update(DESIRED, Set.of(PolicyField.AUDIENCES));

        assertThat(updated.policy()).isEqualTo(OTHER);
    }

    @Test
    void ensuringLooksWhatIsStoredReally() {
        api.answer(404, "{\"error_code\":\"NOT_FOUND\"}")
                .answer(200, ScriptedApi.stored("ci", OTHER))
                .answer(200, ScriptedApi.stored("ci", OTHER))
                .answer(200, ScriptedApi.stored("ci", POLICY));

        Ensured done = api.policies().ensure(DESIRED);

        assertThat(done.outcome()).isEqualTo(Ensured.Outcome.UPDATED);
        assertThat(done.policy().policy()).isEqualTo(POLICY);
        assertThat(api.requests.stream().map(request -> request.substring(0, request.indexOf(' '))))
                .containsExactly("GET", "POST", "GET", "PATCH");
    }

    @Test
    void whatAServerNamesAPolicyIsPrintedVisibly() {
        api.answer(200, "{\"policies\":[" + ScriptedApi.stored("c\\u001b[31mi", POLICY) + "]}");

        Ensured found = api.policies().ensure(POLICY);

        assertThat(found).hasToString("unchanged policy c\\u001B[31mi");
        assertThat(found.policy().toString()).doesNotContain("\u001b");
    }

    @Test
    void aNewMemberInAReplyIsNoTypingMistake() {
        api.answer(
                200, ScriptedApi.stored("ci", POLICY).replace("\"subject_claim\"", "\"issuers\":[],\"subject_claim\""));

        assertThat(api.policies().get("ci").orElseThrow().policy()).isEqualTo(POLICY);
    }

    private static void isRefused(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_REPLY_UNREADABLE"))
                .hasMessageContaining(what);
    }
}
