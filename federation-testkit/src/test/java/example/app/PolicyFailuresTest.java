// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.policy.DesiredPolicy;
import io.tokenfederation.policy.Ensured.Outcome;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong while policies are kept, and what becomes of it. */
class PolicyFailuresTest {
    private final PolicyKeeping keeping = new PolicyKeeping();
    private final DatabricksTokenSource tokens = keeping.databricks.tokensOf(keeping.admin);
    private final AtomicInteger rejected = new AtomicInteger();
    private final FederationPolicies ofEast = policies(new DatabricksTokenSource() {
        @Override
        public DatabricksToken token() {
            return tokens.token();
        }

        @Override
        public void rejected(DatabricksToken token) {
            rejected.incrementAndGet();
            tokens.rejected(token);
        }
    });

    @AfterEach
    void close() {
        keeping.close();
    }

    @Test
    void whoIsNoAccountAdminIsToldSo() {
        FederationPolicies plain = policies(keeping.databricks.tokensOf(keeping.east));

        assertThatThrownBy(() -> plain.ensure(keeping.policy("s"))).isInstanceOfSatisfying(PolicyException.class, e -> {
            assertThat(e.code()).isEqualTo("PERMISSION_DENIED");
            assertThat(e.fix()).contains("account admin");
            assertThat(e.retryable()).isFalse();
            assertThat(e.httpStatus()).hasValue(403);
            assertThat(e.requestId()).isPresent();
        });
        assertThat(keeping.api.readRequests()).isEqualTo(1);
    }

    @Test
    void whoIsNoMetastoreAdminIsToldSo() {
        FederationPolicies plain = FederationPolicies.builder()
                .workspace(keeping.databricks.workspaceUrl().toString())
                .owner(PolicyOwner.recipient("partner"))
                .tokens(keeping.databricks.tokensOf(keeping.east))
                .build();

        assertThatThrownBy(() -> plain.list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.fix()).contains("metastore admin"));
    }

    @Test
    void aDeadTokenIsReplacedOnceEvenForACreation() {
        ofEast.servicePrincipalId();
        keeping.databricks.revokeAll();

        ofEast.create(DesiredPolicy.of(keeping.policy("s")).withId("ci"));

        assertThat(rejected).hasValue(1);
        assertThat(ofEast.list()).hasSize(1);
    }

    @Test
    void aSecondDeadTokenIsTheEnd() {
        keeping.api
                .reads()
                .failAlways(Fault.status(401).body("application/json", "{\"error_code\":401,\"message\":\"no\"}"));

        PolicyException failure =
                catchThrowableOfType(PolicyException.class, () -> ofEast.list().toList());

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure.fix()).contains("account(url, accountId)");
        assertThat(rejected).hasValue(1);
        assertThat(keeping.api.readRequests()).isEqualTo(2);
    }

    /** What Databricks refused is the better thing to know. */
    @Test
    void aSourceThatMintsTheSameTokenAgainDoesNotHideTheRefusal() {
        DatabricksToken unknown = DatabricksToken.of("unknown", Instant.MAX);
        FederationPolicies repeating = policies(DatabricksTokenSource.renewing(() -> unknown));

        PolicyException failure = catchThrowableOfType(
                PolicyException.class, () -> repeating.list().toList());

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure).hasMessageContaining("issued no other");
        assertThat(keeping.api.readRequests()).isEqualTo(1);
    }

    @Test
    void aTokenThatCannotBeReplacedIsNotSentTwice() {
        DatabricksToken only = tokens.token();
        FederationPolicies stubborn = policies(() -> only);
        keeping.databricks.revokeAll();

        assertThatThrownBy(() -> stubborn.list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("TOKEN_REJECTED"))
                .hasMessageContaining("has no other");
        assertThat(keeping.api.readRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "502", "503", "504", "408"})
    void aReadIsRepeatedAfterWhatPasses(int status) {
        keeping.api.reads().failNext(1, Fault.status(status).header("Retry-After", "0"));

        assertThat(ofEast.list()).isEmpty();
        assertThat(keeping.api.readRequests()).isEqualTo(3);
    }

    @Test
    void aCreationIsRepeatedWhenDatabricksAsksForIt() {
        keeping.api.writes().failNext(1, Fault.rateLimited(Duration.ZERO));
        keeping.api.writes().failNext(1, Fault.status(503).header("Retry-After", "0"));

        ofEast.create(DesiredPolicy.of(keeping.policy("s")));

        assertThat(keeping.api.writeRequests()).isEqualTo(3);
        assertThat(ofEast.list()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500,POLICY_UNAVAILABLE",
        "503,POLICY_UNAVAILABLE",
        "418,POLICY_REQUEST_REFUSED",
        "302,POLICY_REQUEST_REFUSED"
    })
    void aCreationIsNotRepeatedWhenItMayHaveBeenDone(int status, String code) {
        keeping.api.writes().failNext(1, Fault.status(status));

        assertThatThrownBy(() -> ofEast.create(DesiredPolicy.of(keeping.policy("s"))))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(keeping.api.writeRequests()).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsSaidToBeLost() {
        keeping.api.writes().failNext(1, Fault.lostAnswer());

        assertThatThrownBy(() -> ofEast.create(DesiredPolicy.of(keeping.policy("s"))))
                .isInstanceOfSatisfying(PolicyException.class, e -> {
                    assertThat(e.code()).isEqualTo("POLICY_ANSWER_LOST");
                    assertThat(e.fix()).contains("ensure");
                });
        assertThat(ofEast.list()).hasSize(1);
        assertThat(keeping.api.writeRequests()).isEqualTo(1);
    }

    @Test
    void whoeverEnsuresGetsThroughAllOfThat() {
        keeping.api.writes().failNext(1, Fault.rateLimited(Duration.ZERO));
        keeping.api.writes().failNext(1, Fault.status(500));
        keeping.api.writes().failNext(1, Fault.garbage());
        keeping.api.writes().failNext(1, Fault.lostAnswer());
        keeping.api.reads().failNext(1, Fault.htmlPage());

        assertThat(ofEast.ensure(keeping.policy("s")).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(ofEast.list()).hasSize(1);
        assertThat(keeping.api.writeRequests()).isEqualTo(4);
    }

    @Test
    void aLongWaitIsTheCallersToDecide() {
        keeping.api.reads().failAlways(Fault.rateLimited(Duration.ofHours(1)));

        PolicyException failure =
                catchThrowableOfType(PolicyException.class, () -> ofEast.list().toList());

        assertThat(failure.code()).isEqualTo("POLICY_RATE_LIMITED");
        assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
        assertThat(failure.retryable()).isTrue();
        assertThat(keeping.api.readRequests()).isEqualTo(1);
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() {
        FederationPolicies nowhere = FederationPolicies.builder()
                .account("http://127.0.0.1:1", keeping.databricks.accountId())
                .owner(PolicyOwner.account())
                .tokens(tokens)
                .timeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> nowhere.list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_UNREACHABLE"));
    }

    @Test
    void aStalledAnswerTimesOut() {
        FederationPolicies hurried = FederationPolicies.builder()
                .account(keeping.databricks.accountUrl().toString(), keeping.databricks.accountId())
                .owner(PolicyOwner.account())
                .tokens(tokens)
                .timeout(Duration.ofMillis(400))
                .build();
        keeping.api.reads().failAlways(Fault.stalledBody());

        assertThatThrownBy(() -> hurried.list().toList())
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_TIMED_OUT"));
    }

    @Test
    void anInterruptedThreadStopsAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        Throwable failure =
                catchThrowableOfType(PolicyException.class, () -> ofEast.list().toList());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessageStartingWith("POLICY_INTERRUPTED");
    }

    @Test
    void noMessageHoldsTheToken() {
        String token = tokens.token().value();
        String echo = "{\"error_code\":\"BAD\",\"message\":\"you sent " + token + "\"}";
        keeping.api.reads().failNext(1, Fault.status(400).body("application/json", echo));
        keeping.api.reads().failNext(1, Fault.status(401).body("application/json", echo));
        keeping.api.reads().failNext(1, Fault.status(401).body("application/json", echo));
        keeping.api.reads().failNext(1, Fault.status(200).body("text/html", "<html>" + token));

        for (int i = 0; i < 3; i++) {
            PolicyException failure = catchThrowableOfType(
                    PolicyException.class, () -> ofEast.list().toList());
            for (Throwable link = failure; link != null; link = link.getCause()) {
                assertThat(link.toString()).doesNotContain(token, token.substring(0, 40), "eyJ");
            }
        }
        assertThat(ofEast.toString()).contains(keeping.east.toString()).doesNotContain("eyJ");
    }

    private FederationPolicies policies(DatabricksTokenSource source) {
        return FederationPolicies.builder()
                .account(keeping.databricks.accountUrl().toString(), keeping.databricks.accountId())
                .owner(PolicyOwner.of(keeping.east))
                .tokens(source)
                .build();
    }
}
