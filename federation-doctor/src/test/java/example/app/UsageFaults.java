// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.FederationFault.fault;
import static example.app.FederationFault.ofAllRoles;

import io.tokenfederation.doctor.GroupFunction;
import io.tokenfederation.testkit.Fault;
import java.util.List;

/** What goes wrong of what a role uses: warehouse, groups, Genie and MCP. */
final class UsageFaults {
    private static final String GENIE = "/api/2.0/genie/spaces/" + SixRoles.SPACE;
    private static final String DENIED = "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"No.\"}";
    private static final String WEST = "west_sales";

    static final List<FederationFault> ALL = List.of(
            fault(
                    "warehouse permission missing",
                    (world, doctor) -> {
                        world.databricks.denyWarehouse(world.principal(WEST));
                        return doctor;
                    },
                    WEST + " warehouse PERMISSION_DENIED"),
            fault(
                    "no such warehouse",
                    (world, doctor) -> {
                        world.front.answer(
                                "/api/2.0/sql/statements",
                                FrontDoor.Answer.json(
                                        404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"Endpoint not found.\"}"));
                        return doctor;
                    },
                    ofAllRoles("warehouse WAREHOUSE_NOT_FOUND")),
            fault(
                    "a statement that fails",
                    (world, doctor) -> {
                        world.front.answer(
                                "/api/2.0/sql/statements",
                                FrontDoor.Answer.json(
                                        200,
                                        "{\"statement_id\":\"s\",\"status\":{\"state\":\"FAILED\",\"error\":{\"error_code\":\"BAD_REQUEST\",\"message\":\"no\"}}}"));
                        return doctor;
                    },
                    ofAllRoles("warehouse STATEMENT_FAILED")),
            fault(
                    "in no such group",
                    (world, doctor) -> doctor.groups(WEST, "nobody-is-here"),
                    WEST + " groups WRONG_ROW_FILTER"),
            fault(
                    "in the group of the account, where row filters ask the workspace's",
                    (world, doctor) -> {
                        world.workspaceMembers.remove(world.principal(WEST) + " " + SixRoles.group(WEST));
                        return doctor.groupFunction(GroupFunction.IS_MEMBER);
                    },
                    WEST + " groups WRONG_ROW_FILTER"),
            fault(
                    "Genie space forbidden",
                    (world, doctor) -> {
                        world.front.answer(GENIE, FrontDoor.Answer.json(403, DENIED));
                        return doctor;
                    },
                    ofAllRoles("Genie PERMISSION_DENIED")),
            fault(
                    "no such Genie space",
                    (world, doctor) -> {
                        world.front.answer(GENIE, FrontDoor.Answer.json(404, "{}"));
                        return doctor;
                    },
                    ofAllRoles("Genie GENIE_SPACE_NOT_FOUND")),
            fault(
                    "MCP server 403",
                    (world, doctor) -> {
                        world.mcp.failAlways(Fault.status(403));
                        return doctor;
                    },
                    ofAllRoles("MCP PERMISSION_DENIED")),
            fault(
                    "MCP server 404",
                    (world, doctor) -> {
                        world.mcp.failAlways(Fault.status(404));
                        return doctor;
                    },
                    ofAllRoles("MCP MCP_NOT_FOUND")),
            fault(
                    "MCP server down",
                    (world, doctor) -> {
                        world.mcp.close();
                        return doctor;
                    },
                    ofAllRoles("MCP MCP_UNREACHABLE")));

    private UsageFaults() {}
}
