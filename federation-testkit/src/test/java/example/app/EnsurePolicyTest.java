// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.policy.DesiredPolicy;
import io.tokenfederation.policy.Ensured;
import io.tokenfederation.policy.Ensured.Outcome;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.FederationPolicyBuilder;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.PolicyField;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.policy.StoredPolicy;
import io.tokenfederation.testkit.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnsurePolicyTest {
    private final PolicyKeeping keeping = new PolicyKeeping();
    private final FederationPolicies ofEast = keeping.ofEast();

    @AfterEach
    void close() {
        keeping.close();
    }

    @Test
    void aMissingPolicyIsCreatedAndASecondRunWritesNothing() {
        Ensured first = ofEast.ensure(keeping.policy("s"));
        Ensured second = ofEast.ensure(keeping.policy("s"));

        assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(second.policy().id()).isEqualTo(first.policy().id()).matches("127-0-0-1-[0-9a-f]{16}");
        assertThat(first).hasToString("created policy " + first.policy().id());
        assertThat(keeping.api.writeRequests()).isEqualTo(1);
        assertThat(ofEast.list()).hasSize(1);
    }

    @Test
    void whatSaysTheSameIsFoundUnderAnyIdAndOnTheLastPage() {
        for (int i = 0; i < 19; i++) {
            keeping.databricks.policy(keeping.east, keeping.policy("s" + i));
        }
        ofEast.create(DesiredPolicy.of(keeping.policy("mine")).withId("by-hand").withDescription("d"));
        long before = keeping.api.writeRequests();

        Ensured found = ofEast.ensure(DesiredPolicy.of(keeping.policy("mine")).withDescription("other words"));

        assertThat(found.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(found.policy().id()).isEqualTo("by-hand");
        assertThat(keeping.api.writeRequests()).isEqualTo(before);
    }

    static Stream<Arguments> sameInOtherWords() {
        String issuer = "https://issuer.example.com";
        String keys =
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                        + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";
        FederationPolicyBuilder one = FederationPolicy.builder()
                .issuer(issuer)
                .subject("s")
                .jwksJson(keys)
                .audience("a")
                .audience("b");
        FederationPolicyBuilder other = FederationPolicy.builder()
                .issuer(issuer)
                .subject("s")
                .subjectClaim("sub")
                .jwksJson(keys.replace(",", " , "))
                .audience("b")
                .audience("a");
        return Stream.of(Arguments.of(one.build(), other.build()));
    }

    @ParameterizedTest
    @MethodSource("sameInOtherWords")
    void orderAndWhiteSpaceAreNoDifference(FederationPolicy stored, FederationPolicy wanted) {
        ofEast.create(DesiredPolicy.of(stored));

        assertThat(ofEast.ensure(wanted).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void noAudienceIsTheAccountId() {
        FederationPolicyBuilder policy = FederationPolicy.builder()
                .issuer(keeping.federation.idp.issuer())
                .subject("s");
        ofEast.create(DesiredPolicy.of(policy.build()));

        Ensured ensured =
                ofEast.ensure(policy.audience(keeping.databricks.accountId()).build());

        assertThat(ensured.outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void anotherPolicyJoinsTheFirst() {
        ofEast.ensure(keeping.policy("s"));
        ofEast.ensure(keeping.policy("S"));

        assertThat(ofEast.list().map(stored -> stored.policy().subject().orElseThrow()))
                .containsExactly("s", "S");
    }

    @Test
    void thePolicyOfAnIdIsChangedWhereItDiffers() {
        DesiredPolicy old = DesiredPolicy.of(keeping.policy("s")).withId("ci").withDescription("d");
        FederationPolicy next = FederationPolicy.builder()
                .issuer(keeping.federation.idp.issuer())
                .audience("https://other.example.com")
                .subject("t")
                .jwksUri(URI.create(keeping.federation.idp.issuer() + ".well-known/jwks.json"))
                .build();
        ofEast.ensure(old);

        Ensured changed = ofEast.ensure(DesiredPolicy.of(next).withId("ci"));
        Ensured again = ofEast.ensure(DesiredPolicy.of(next).withId("ci"));
        Ensured words = ofEast.ensure(DesiredPolicy.of(next).withId("ci").withDescription("e"));
        Ensured back = ofEast.ensure(old);

        assertThat(changed.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(changed.changed())
                .containsExactlyInAnyOrder(PolicyField.AUDIENCES, PolicyField.SUBJECT, PolicyField.JWKS_URI);
        assertThat(changed).hasToString("updated policy ci: audiences, subject, jwks_uri");
        assertThat(changed.policy().description()).isEqualTo("d");
        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(words.changed()).containsExactly(PolicyField.DESCRIPTION);
        assertThat(back.policy().policy()).isEqualTo(keeping.policy("s"));
        assertThat(ofEast.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sixteenAtOnceMakeOnePolicy(boolean repeatsAreErrors) throws Exception {
        keeping.api.repeatsAreErrors(repeatsAreErrors);
        CyclicBarrier start = new CyclicBarrier(16);

        List<Outcome> outcomes = allAtOnce(() -> {
            FederationPolicies mine = keeping.ofEast();
            mine.servicePrincipalId();
            start.await();
            return mine.ensure(keeping.policy("s")).outcome();
        });

        assertThat(ofEast.list()).hasSize(1);
        assertThat(outcomes).contains(Outcome.CREATED).doesNotContain(Outcome.UPDATED);
        if (repeatsAreErrors) {
            assertThat(outcomes).containsOnlyOnce(Outcome.CREATED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCreationWhoseAnswerWasLostIsLookedUpAndNotSentAgain(boolean repeatsAreErrors) {
        keeping.api.repeatsAreErrors(repeatsAreErrors);
        keeping.api.writes().failNext(1, Fault.lostAnswer());

        Ensured ensured = ofEast.ensure(keeping.policy("s"));

        assertThat(ensured.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(keeping.api.writeRequests()).isEqualTo(1);
        assertThat(ofEast.list()).hasSize(1);
    }

    @Test
    void aCreationThatNeverArrivedIsSentAgain() {
        keeping.api.writes().failNext(1, Fault.cutConnection());

        Ensured ensured = ofEast.ensure(keeping.policy("s"));

        assertThat(ensured.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(keeping.api.writeRequests()).isEqualTo(2);
        assertThat(ofEast.list()).hasSize(1);
    }

    @Test
    void aCreationThatIsNotSeenYetIsNotMadeTwice() {
        keeping.api.repeatsAreErrors(true);
        FederationPolicies numbered = keeping.policies(PolicyOwner.servicePrincipal(ofEast.servicePrincipalId()));
        keeping.api.writes().failNext(1, Fault.lostAnswer());
        keeping.api.reads().failNext(1, Fault.status(200).body("application/json", "{\"policies\":[]}"));
        keeping.api.reads().failNext(1, Fault.status(404).body("application/json", "{\"error_code\":\"NOT_FOUND\"}"));

        Ensured ensured = numbered.ensure(keeping.policy("s"));

        assertThat(ensured.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(keeping.api.writeRequests()).isEqualTo(2);
        assertThat(numbered.list()).hasSize(1);
    }

    @Test
    void aChangeWhoseAnswerWasLostIsLookedUp() {
        ofEast.ensure(DesiredPolicy.of(keeping.policy("s")).withId("ci"));
        keeping.api.writes().failNext(1, Fault.lostAnswer());

        Ensured ensured = ofEast.ensure(DesiredPolicy.of(keeping.policy("t")).withId("ci"));

        assertThat(ensured.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(ensured.changed()).containsExactly(PolicyField.SUBJECT);
        assertThat(keeping.api.writeRequests()).isEqualTo(2);
        assertThat(ofEast.get("ci").orElseThrow().policy()).isEqualTo(keeping.policy("t"));
    }

    @Test
    void aPolicySomebodyChangedUnderOurIdIsLeftAlone() {
        String id = ofEast.ensure(keeping.policy("s")).policy().id();
        ofEast.update(DesiredPolicy.of(keeping.policy("theirs")).withId(id), Set.of(PolicyField.SUBJECT));

        assertThatThrownBy(() -> ofEast.ensure(keeping.policy("s")))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_EXISTS"))
                .hasMessageContaining(id);
        assertThat(ofEast.list().map(StoredPolicy::policy)).containsExactly(keeping.policy("theirs"));
    }

    @Test
    void aRecipientsPolicyIsCreatedFoundAndNeverChanged() {
        FederationPolicies ofPartner = keeping.ofRecipient("partner");

        Ensured first = ofPartner.ensure(keeping.policy("s"));
        Ensured second = ofPartner.ensure(keeping.policy("s"));
        DesiredPolicy other =
                DesiredPolicy.of(keeping.policy("t")).withId(first.policy().id());

        assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThatThrownBy(() -> ofPartner.ensure(other))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_UPDATE_UNSUPPORTED"));
        assertThat(keeping.api.writeRequests()).isEqualTo(1);
    }

    @Test
    void oneTooManyIsSaidToBe() {
        for (int i = 0; i < 20; i++) {
            keeping.databricks.policy(keeping.east, keeping.policy("s" + i));
        }

        assertThatThrownBy(() -> ofEast.ensure(keeping.policy("s20")))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.code()).isEqualTo("POLICY_LIMIT_REACHED"));
        assertThat(ofEast.list()).hasSize(20);
    }

    private static <T> List<T> allAtOnce(Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<T>> all =
                    threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> task).toList());
            List<T> results = new ArrayList<>();
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
