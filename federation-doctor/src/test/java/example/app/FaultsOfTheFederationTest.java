// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.doctor.CheckResult;
import io.tokenfederation.doctor.FederationDoctorBuilder;
import io.tokenfederation.doctor.Finding;
import io.tokenfederation.doctor.GroupFunction;
import io.tokenfederation.doctor.Outcome;
import io.tokenfederation.doctor.Report;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing is wrong at a time: it gives its own red lines, and no others. */
class FaultsOfTheFederationTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String GENIE = "/api/2.0/genie/spaces/" + SixRoles.SPACE;
    private static final String WEST = "west_sales";
    private static final String OTHER = "bc3cfe6c-469e-4130-b425-5384c4aa30bb";
    private static final String DENIED = "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"No.\"}";

    /** Spoils the world, and perhaps sets the doctor up otherwise. */
    private interface Spoiling {
        FederationDoctorBuilder spoil(SixRoles world, FederationDoctorBuilder doctor);
    }

    private static Arguments fault(String what, Spoiling spoiling, String... red) {
        return Arguments.of(what, spoiling, List.of(red));
    }

    private static String[] ofAllRoles(String checkAndCode) {
        return SixRoles.NAMES.stream().map(role -> role + " " + checkAndCode).toArray(String[]::new);
    }

    static Stream<Arguments> faults() {
        return Stream.of(ofTheToken(), ofThePolicy(), ofTheWorkspace(), ofWhatIsUsed())
                .flatMap(faults -> faults);
    }

    private static Stream<Arguments> ofTheToken() {
        return Stream.of(
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
                        (world, doctor) ->
                                doctor.idpTokenSource(() -> IdpToken.parse("an-opaque-token-of-32-characters")),
                        "- IdP token IDP_TOKEN_OPAQUE"),
                fault(
                        "a token source that breaks its contract",
                        (world, doctor) -> doctor.idpTokenSource(() -> {
                            throw new IllegalArgumentException("client_secret=canary-secret-e3f1a9 is wrong");
                        }),
                        "- IdP token ATTEMPT_FAILED"),
                fault(
                        "HS256",
                        (world, doctor) -> doctor.idpTokenSource(() -> IdpToken.parse(world.idp
                                .userToken("x")
                                .audience(world.audience())
                                .sign(SigningAlgorithm.HS256))),
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
                        "- iss ISSUER_MISMATCH"));
    }

    private static Stream<Arguments> ofThePolicy() {
        return Stream.of(
                fault(
                        "wrong audience",
                        (world, doctor) -> {
                            world.idp.forgery().claim("aud", "https://elsewhere.example.com");
                            return doctor;
                        },
                        ofAllRoles("exchange AUDIENCE_MISMATCH")),
                fault(
                        "issuer without its slash",
                        (world, doctor) -> {
                            world.policy(
                                    WEST,
                                    world.policy()
                                            .issuer(world.idp.issuer().replaceAll("/$", ""))
                                            .build());
                            return doctor;
                        },
                        WEST + " exchange ISSUER_MISMATCH"),
                fault(
                        "subject without @clients",
                        (world, doctor) -> {
                            world.policy(
                                    WEST,
                                    world.policy()
                                            .subject("kD3pXmB0yqLexampleclientid")
                                            .build());
                            return doctor;
                        },
                        WEST + " exchange SUBJECT_MISMATCH"),
                fault(
                        "no policy",
                        (world, doctor) -> {
                            world.databricks.removePolicies(world.principal(WEST));
                            return doctor;
                        },
                        WEST + " exchange NO_FEDERATION_POLICY"),
                fault(
                        "unknown principal",
                        (world, doctor) -> doctor.role("ghost", new ServicePrincipal(UUID.randomUUID())),
                        "ghost exchange NO_FEDERATION_POLICY"),
                fault(
                        "no policy, and somebody who may look",
                        (world, doctor) -> {
                            world.databricks.removePolicies(world.principal(WEST));
                            return withAdministrator(world, doctor);
                        },
                        WEST + " policy NO_FEDERATION_POLICY",
                        WEST + " exchange NO_FEDERATION_POLICY"),
                fault(
                        "a policy for another audience, and somebody who may look",
                        (world, doctor) -> {
                            world.policy(
                                    WEST,
                                    FederationPolicy.builder()
                                            .issuer(world.idp.issuer())
                                            .audience(world.audience() + "/")
                                            .subject("kD3pXmB0yqLexampleclientid@clients")
                                            .build());
                            return withAdministrator(world, doctor);
                        },
                        WEST + " policy AUDIENCE_MISMATCH",
                        WEST + " exchange AUDIENCE_MISMATCH"));
    }

    private static Stream<Arguments> ofTheWorkspace() {
        return Stream.of(
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
    }

    private static Stream<Arguments> ofWhatIsUsed() {
        return Stream.of(
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
    }

    private static FederationDoctorBuilder withAdministrator(SixRoles world, FederationDoctorBuilder doctor) {
        return doctor.account(world.front.url(), world.databricks.accountId()).administrator(world.administrator());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultGivesItsOwnRedLinesAndNoOthers(String what, Spoiling spoiling, List<String> red) {
        try (SixRoles world = new SixRoles()) {
            Report report = spoiling.spoil(world, world.doctor()).build().check();

            assertThat(report.failures())
                    .extracting(FaultsOfTheFederationTest::line)
                    .containsExactlyElementsOf(red);
            assertThat(report.passed()).isFalse();
            assertThat(report.results()).allSatisfy(FaultsOfTheFederationTest::isUseful);
            assertNothingSecretIsIn(report);
        }
    }

    private static String line(CheckResult result) {
        return result.role().orElse("-") + " " + result.check() + " "
                + result.outcome().finding().map(Finding::code).orElse("");
    }

    /** A failure says cause and fix, what was left out says why, and the rest is green. */
    private static void isUseful(CheckResult result) {
        if (result.outcome() instanceof Outcome.Failed failed) {
            assertThat(failed.what().cause()).isNotBlank();
            assertThat(failed.what().fix()).isNotBlank();
        } else if (result.outcome() instanceof Outcome.Skipped skipped) {
            assertThat(skipped.because()).isNotBlank();
        } else {
            assertThat(result.outcome()).isInstanceOf(Outcome.Passed.class);
        }
    }

    private static void assertNothingSecretIsIn(Report report) {
        List<String> all =
                new ArrayList<>(List.of(report.toText(), report.toJson(), report.toJUnitXml(), report.toString()));
        assertThat(all)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("eyJ", SixRoles.SECRET, "another-secret-5f1c", "Bearer ", "opaque-token-of"));
    }
}
