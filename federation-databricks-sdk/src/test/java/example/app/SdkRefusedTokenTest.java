// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.iam.MeRequest;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.FederationException;
import io.tokenfederation.testkit.Fault;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token that Databricks no longer takes, in the middle of a run. */
class SdkRefusedTokenTest {
    private final World world = new World();
    private final WorkspaceClient west = world.client(world.west);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRefusedTokenIsReplacedAndTheCallRepeated() {
        me();
        world.databricks.revokeAll();

        assertThat(me()).isEqualTo(world.west.toString());

        assertThat(world.databricks.rejectedRequests()).isEqualTo(1);
        assertThat(world.databricks.exchanges()).isEqualTo(2);
    }

    @Test
    void manyCallersWhoseTokenIsRefusedCauseOneExchange() throws Exception {
        me();
        world.databricks.revokeAll();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> answers = IntStream.range(0, 64)
                    .mapToObj(i -> callers.submit(this::me))
                    .toList();

            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo(world.west.toString());
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(world.databricks.exchanges()).isEqualTo(2);
    }

    @Test
    void aSecondRefusalEndsTheCallWithCodeAndFix() {
        world.databricks.restApi().failAlways(refusal(403, "Invalid access token."));

        FederatedCallException failure = catchThrowableOfType(FederatedCallException.class, this::me);

        assertThat(failure.code()).isEqualTo(ErrorCode.TOKEN_REJECTED.name());
        assertThat(failure.fix()).isEqualTo(ErrorCode.TOKEN_REJECTED.fix());
        assertThat(failure.httpStatus()).hasValue(403);
        assertThat(failure)
                .hasMessageContaining("GET /api/2.0/preview/scim/v2/Me")
                .hasMessageContaining("as was the one");
        assertThat(world.databricks.exchanges()).isEqualTo(2);
    }

    /** A token is dropped at most once in 30 s, or a workspace that refuses all would be asked for ever new ones. */
    @Test
    void aSourceThatHasNoOtherTokenSaysSo() {
        world.databricks.restApi().failNext(2, refusal(401, "Token is expired"));
        assertThatThrownBy(this::me).hasMessageContaining("as was the one before it");
        world.databricks.restApi().failNext(1, refusal(401, "Token is expired"));

        FederatedCallException failure = catchThrowableOfType(FederatedCallException.class, this::me);

        assertThat(failure).hasMessageContaining("has no other");
        assertThat(world.databricks.exchanges()).isEqualTo(2);
        assertThat(me()).isEqualTo(world.west.toString());
    }

    @Test
    void whatFailsInGettingAnotherTokenIsSaid() {
        me();
        world.databricks.revokeAll();
        world.databricks.removePolicies(world.west);

        FederationException failure = catchThrowableOfType(FederationException.class, this::me);

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_FEDERATION_POLICY.name());
    }

    /** The SDK alone says "cannot configure default credentials", and sends the exchange twice. */
    @Test
    void aRefusedExchangeKeepsItsCodeItsFixAndItsType() {
        world.databricks.removePolicies(world.west);

        FederationException first = catchThrowableOfType(FederationException.class, this::me);
        FederationException second = catchThrowableOfType(FederationException.class, this::me);

        assertThat(List.of(first.code(), second.code())).containsOnly(ErrorCode.NO_FEDERATION_POLICY.name());
        assertThat(first.fix()).isNotBlank();
        assertThat(first.oauthError()).hasValue("invalid_grant");
        assertThat(world.databricks.exchangeRequests()).isEqualTo(1);
    }

    private static Fault refusal(int status, String message) {
        return Fault.status(status)
                .body("application/json", "{\"error_code\":" + status + ",\"message\":\"" + message + "\"}");
    }

    private String me() {
        return west.currentUser().me(new MeRequest()).getUserName();
    }
}
