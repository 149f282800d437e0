// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.FederationFault.fault;
import static example.app.FederationFault.ofAllRoles;
import static example.app.FederationFault.withAdministrator;

import io.tokenfederation.IdpToken;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What goes wrong of the token and the identity provider. */
final class TokenFaults {

    static final List<FederationFault> ALL = List.of(
            fault(
                    "wrong secret",
                    (world, doctor) -> doctor.idpTokenSource(world.source("another-secret-5f1c")),
                    "- IdP token IDP_CLIENT_REJECTED"),
            fault(
                    "identity provider down",
                    (world, doctor) -> {
                        world.idp.failAlways(Fault.status(503));
                        return doctor;
                    },
                    "- IdP token IDP_UNAVAILABLE"),
            fault(
                    "opaque token",
                    (world, doctor) -> doctor.idpTokenSource(() -> IdpToken.parse("an-opaque-token-of-32-characters")),
                    "- IdP token IDP_TOKEN_OPAQUE"),
            fault(
                    "a token source that breaks its contract",
                    (world, doctor) -> doctor.idpTokenSource(() -> {
                        throw new IllegalArgumentException("client_secret=canary-secret-e3f1a9 is wrong");
                    }),
                    "- IdP token ATTEMPT_FAILED"),
            fault(
                    "HS256",
                    (world, doctor) -> doctor.idpTokenSource(() -> IdpToken.parse(
                            world.idp.userToken("x").audience(world.audience()).sign(SigningAlgorithm.HS256))),
                    "- algorithm IDP_TOKEN_ALGORITHM"),
            fault(
                    "expired JWT",
                    (world, doctor) -> doctor.idpTokenSource(() -> IdpToken.parse(world.idp
                            .userToken("x")
                            .audience(world.audience())
                            .expiresIn(Duration.ofMinutes(-5))
                            .sign())),
                    "- lifetime IDP_TOKEN_EXPIRED"),
            fault(
                    "token for Azure Databricks itself",
                    (world, doctor) -> {
                        world.idp.forgery().claim("aud", "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d");
                        return doctor;
                    },
                    "- aud IDP_TOKEN_FOR_DATABRICKS"),
            fault(
                    "a policy that was expected otherwise",
                    (world, doctor) -> doctor.expectedPolicy(world.policy()
                            .issuer(world.idp.issuer().replaceAll("/$", ""))
                            .build()),
                    "- iss ISSUER_MISMATCH"),
            fault(
                    "a JWT that is not valid yet, and somebody who may look",
                    (world, doctor) -> {
                        world.idp.forgery().claim("nbf", inTenMinutes());
                        return withAdministrator(world, doctor);
                    },
                    "- lifetime IDP_TOKEN_NOT_YET_VALID"),
            fault(
                    "a JWT that is not valid yet",
                    (world, doctor) -> {
                        world.idp.forgery().claim("nbf", inTenMinutes());
                        return doctor;
                    },
                    "- lifetime IDP_TOKEN_NOT_YET_VALID"),
            fault(
                    "a JWT that was issued in the future",
                    (world, doctor) -> {
                        world.idp.forgery().claim("iat", inTenMinutes());
                        return doctor;
                    },
                    ofAllRoles("exchange IDP_TOKEN_NOT_YET_VALID")),
            fault(
                    "a JWT that was issued in the future, and somebody who may look",
                    (world, doctor) -> {
                        world.idp.forgery().claim("iat", inTenMinutes());
                        return withAdministrator(world, doctor);
                    },
                    ofAllRoles("exchange IDP_TOKEN_NOT_YET_VALID")));

    private TokenFaults() {}

    private static long inTenMinutes() {
        return Instant.now().plusSeconds(600).getEpochSecond();
    }
}
