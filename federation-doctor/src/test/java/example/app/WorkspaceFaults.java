// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.FederationFault.fault;
import static example.app.FederationFault.ofAllRoles;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import java.util.List;

/** What goes wrong of the issuer's keys, the workspace and who one is there. */
final class WorkspaceFaults {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String OTHER = "bc3cfe6c-469e-4130-b425-5384c4aa30bb";
    private static final String DENIED = "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"No.\"}";
    private static final String WEST = "west_sales";

    static final List<FederationFault> ALL = List.of(
            fault(
                    "discovery down",
                    (world, doctor) -> {
                        // Databricks has the keys from before.
                        assertThat(world.doctor().build().check().passed()).isTrue();
                        world.idp.discovery().failAlways(Fault.status(503));
                        return doctor;
                    },
                    "- discovery POLICY_KEYS_UNREACHABLE"),
            fault(
                    "discovery of another issuer",
                    (world, doctor) -> {
                        assertThat(world.doctor().build().check().passed()).isTrue();
                        world.idp
                                .discovery()
                                .failAlways(
                                        Fault.status(200)
                                                .body(
                                                        "application/json",
                                                        "{\"issuer\":\"https://other.example.com/\",\"jwks_uri\":\"https://other.example.com/keys\"}"));
                        return doctor;
                    },
                    "- discovery POLICY_DISCOVERY_ISSUER"),
            fault(
                    "workspace unreachable",
                    (world, doctor) -> doctor.workspace("http://127.0.0.1:1"),
                    "- workspace EXCHANGE_UNREACHABLE"),
            fault(
                    "Databricks 503",
                    (world, doctor) -> {
                        world.databricks.tokenEndpoint().failAlways(Fault.status(503));
                        return doctor.requestTimeout(Duration.ofSeconds(2));
                    },
                    ofAllRoles("exchange EXCHANGE_UNAVAILABLE")),
            fault(
                    "REST API 503",
                    (world, doctor) -> {
                        world.front.answer(ME, FrontDoor.Answer.json(503, "{}"));
                        return doctor;
                    },
                    ofAllRoles("SCIM Me EXCHANGE_UNAVAILABLE")),
            fault(
                    "a login page in place of the API",
                    (world, doctor) -> {
                        world.front.answer(ME, new FrontDoor.Answer(200, "text/html", "<html>Log in</html>"));
                        return doctor;
                    },
                    ofAllRoles("SCIM Me DATABRICKS_REPLY_UNREADABLE")),
            fault(
                    "not assigned to the workspace",
                    (world, doctor) -> {
                        world.front.answer(
                                ME,
                                user -> user.equals(world.principal(WEST).toString())
                                        ? FrontDoor.Answer.json(403, DENIED)
                                        : FrontDoor.Answer.json(
                                                200, "{\"userName\":\"" + user + "\",\"displayName\":\"x\"}"));
                        return doctor;
                    },
                    WEST + " SCIM Me WORKSPACE_NOT_ASSIGNED"),
            fault(
                    "another identity",
                    (world, doctor) -> {
                        world.front.answer(ME, FrontDoor.Answer.json(200, "{\"userName\":\"" + OTHER + "\"}"));
                        return doctor;
                    },
                    ofAllRoles("current_user WRONG_ROW_FILTER")));

    private WorkspaceFaults() {}
}
