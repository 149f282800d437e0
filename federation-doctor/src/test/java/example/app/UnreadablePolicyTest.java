// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.doctor.CheckResult;
import io.tokenfederation.doctor.Outcome;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.policy.StoredPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of several stored policies is none that this library knows: it must not hide the others. */
class UnreadablePolicyTest {
    private static final String WEST = "west_sales";
    private static final String ODD = "{\"policy_id\":\"odd\",\"oidc_policy\":{\"issuer\":7}}";

    private final SixRoles world = new SixRoles();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void matchingPolicyIsFoundBesideOneThatCannotBeRead() {
        Outcome outcome =
                policyCheckOf(ODD, stored("good", world.policy().build().toJson()));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Warned.class, warned -> {
            assertThat(warned.what().code()).isEqualTo("POLICY_REPLY_UNREADABLE");
            assertThat(warned.what().cause()).contains("'good' matches", "policy odd cannot be read");
        });
    }

    @Test
    void differenceOfTheNearestIsNamedBesideOneThatCannotBeRead() {
        String other = world.policy().subject("frontend@clients").build().toJson();

        Outcome outcome = policyCheckOf(ODD, stored("near", other));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.what().code()).isEqualTo("SUBJECT_MISMATCH");
            assertThat(failed.what().cause()).contains("'frontend@clients'", "policy odd cannot be read");
        });
    }

    @Test
    void onlyOneThatCannotBeReadIsNotCalledNone() {
        assertThat(policyCheckOf(ODD))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.what().code()).isEqualTo("POLICY_REPLY_UNREADABLE"));
    }

    private Outcome policyCheckOf(String... policies) {
        DatabricksTokenSource administrator = world.administrator();
        world.front.answer(
                policiesOfWest(administrator),
                FrontDoor.Answer.json(200, "{\"policies\":[" + String.join(",", policies) + "]}"));
        return world
                .doctor()
                .account(world.front.url(), world.databricks.accountId())
                .administrator(administrator)
                .build()
                .check()
                .results()
                .stream()
                .filter(result -> result.check().equals("policy")
                        && result.role().orElse("").equals(WEST))
                .map(CheckResult::outcome)
                .findFirst()
                .orElseThrow();
    }

    /** The path has an id that only Databricks knows; the name of a policy tells it. */
    private String policiesOfWest(DatabricksTokenSource administrator) {
        StoredPolicy stored = FederationPolicies.builder()
                .account(world.front.url(), world.databricks.accountId())
                .owner(PolicyOwner.of(world.principal(WEST)))
                .tokens(administrator)
                .build()
                .list()
                .findFirst()
                .orElseThrow();
        return "/api/2.0/" + stored.name().substring(0, stored.name().lastIndexOf('/'));
    }

    private static String stored(String id, String json) {
        return "{\"policy_id\":\"" + id + "\"," + json.strip().substring(1);
    }
}
