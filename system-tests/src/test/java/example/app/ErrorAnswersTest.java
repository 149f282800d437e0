// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.FederationException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a backend answers when this library throws, as docs/errors.md proposes it. */
class ErrorAnswersTest {
    private static final Logger log = LoggerFactory.getLogger(ErrorAnswersTest.class);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic dXNlcjpwdw==", "Bearer", "Bearer ", "Bearer not-a-jwt", "bearer a.b.c"})
    void withoutAPersonsTokenTheAnswerIs401(@Nullable String authorization) {
        try (Deployment deployment = new Deployment()) {
            assertThat(statusOf(deployment, authorization)).isEqualTo(401);
        }
    }

    @Test
    void knownRoleIsServed() {
        try (Deployment deployment = new Deployment()) {
            assertThat(statusOf(deployment, "Bearer " + deployment.userToken("sales-west")))
                    .isEqualTo(200);
            assertThat(statusOf(deployment, "bearer " + deployment.userToken("sales-west")))
                    .isEqualTo(200);
        }
    }

    @Test
    void unknownRoleIsForbidden() {
        try (Deployment deployment = new Deployment()) {
            assertThat(statusOf(deployment, "Bearer " + deployment.userToken("interns")))
                    .isEqualTo(403);
        }
    }

    @Test
    void limitedIdentityProviderIsUnavailable() {
        try (Deployment deployment = new Deployment()) {
            deployment.idp.failAlways(Fault.rateLimited(Duration.ofSeconds(60)));

            assertThat(statusOf(deployment, "Bearer " + deployment.userToken("sales-west")))
                    .isEqualTo(503);
        }
    }

    @Test
    void missingPolicyIsTheDeploymentsFault() {
        try (Deployment deployment = new Deployment()) {
            deployment.databricks.removePolicies(deployment.principal("west_sales"));

            assertThat(statusOf(deployment, "Bearer " + deployment.userToken("sales-west")))
                    .isEqualTo(500);
        }
    }

    private static int statusOf(Deployment deployment, @Nullable String authorization) {
        CallerVerifier callers = deployment.callers();
        DatabricksTokenExchanger databricks = deployment.exchanger();
        try {
            ResolvedRole role = deployment
                    .roles()
                    .resolve(callers.verify(bearer(authorization)).claims());
            databricks.tokenFor(role.servicePrincipal());
            return 200;
        } catch (FederationException e) {
            log.debug(e.getMessage());
            return statusFor(e);
        }
    }

    /** What follows "Bearer " in the Authorization header; "" is refused as CALLER_TOKEN_MISSING. */
    static String bearer(@Nullable String authorization) {
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        return bearer ? authorization.substring(7).strip() : "";
    }

    static int statusFor(FederationException e) {
        if (e.retryable()) {
            return 503; // with Retry-After, where e.retryAfter() is there
        }
        if (e instanceof CallerRejectedException) {
            return 401; // with WWW-Authenticate: challenge(); the person logs in again
        }
        if (e instanceof RoleNotMappedException || e.code().equals(ErrorCode.PERMISSION_DENIED.name())) {
            return 403;
        }
        return e instanceof FederatedCallException ? 502 : 500; // an operator reads the log; the person cannot mend it
    }
}
