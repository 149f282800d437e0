// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.AUDIENCE;
import static io.tokenfederation.doctor.Stage.claims;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.workload.AzureDevOpsTokenSource;
import io.tokenfederation.workload.GitHubActionsTokenSource;
import io.tokenfederation.workload.TokenFileSource;
import io.tokenfederation.workload.TokenVariableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** W1 to W10. */
final class RuntimeProvocations {
    private static final String GITHUB = "https://token.actions.githubusercontent.com";
    private static final String AZURE_DEVOPS = "https://vstoken.dev.azure.com/0b2c";
    private static final String PIPELINE = "p://contoso/sales/nightly";
    private static final String TERRAFORM = "organization:o:project:p:workspace:w:run_phase:";
    private static final String CIRCLECI = "org/1/project/2/user/";
    private static final String CLUSTER = "https://oidc.eks.eu-west-1.amazonaws.com/id/1";
    private static final String POD = "system:serviceaccount:prod:backend";

    static final List<Provocation> ALL = List.of(
            Provocation.of(
                    "W1",
                    "GITHUB_ID_TOKEN_UNAVAILABLE",
                    "permissions: id-token: write",
                    on -> Stage.thrown(GitHubActionsTokenSource.builder()
                            .environment(Map.of("GITHUB_ACTIONS", "true"))
                            .build()::mint)),
            subject(
                    "W2",
                    GITHUB,
                    "repo:o/r:environment:prod",
                    "repo:o/r:ref:refs/heads/main",
                    MismatchCause.GITHUB_ENVIRONMENT),
            subject(
                    "W2",
                    GITHUB,
                    "repo:o@1/r@22:ref:refs/heads/main",
                    "repo:o/r:ref:refs/heads/main",
                    MismatchCause.GITHUB_IDS),
            Provocation.of("W3", "AZURE_DEVOPS_TOKEN_NOT_MAPPED", "SYSTEM_ACCESSTOKEN: $(System.AccessToken)", on -> {
                Map<String, String> environment = new HashMap<>(azureDevOps(on).environment());
                environment.remove("SYSTEM_ACCESSTOKEN");
                return Stage.thrown(AzureDevOpsTokenSource.builder()
                        .environment(environment)
                        .build()::mint);
            }),
            Provocation.of("W4", "AZURE_DEVOPS_SUBJECT_UNEXPECTED", "p://organization/project/pipeline", on -> {
                LoopbackIdp azure = azureDevOps(on);
                String jwt = Stage.jwt("RS256", claims(AZURE_DEVOPS, AUDIENCE, PIPELINE));
                azure.failAlways(Fault.status(200).body("application/json", "{\"oidcToken\":\"" + jwt + "\"}"));
                return Stage.thrown(AzureDevOpsTokenSource.builder()
                        .environment(azure.environment())
                        .serviceConnectionId("0b2c")
                        .build()::mint);
            }),
            subject(
                    "W4",
                    AZURE_DEVOPS,
                    PIPELINE,
                    "sc://contoso/sales/databricks",
                    MismatchCause.AZURE_DEVOPS_CONNECTION),
            Provocation.of(
                    "W5",
                    "KUBERNETES_API_AUDIENCE",
                    "serviceAccountToken > audience",
                    on -> file(on, Stage.jwt("RS256", claims(CLUSTER, "https://kubernetes.default.svc", POD)))),
            Provocation.of("W6", "WORKLOAD_FILE_NOT_REPLACED", "subPath", on -> expired(on, Duration.ofHours(3))),
            Provocation.of("W6", "WORKLOAD_FILE_EXPIRED", "Wait for the file", on -> expired(on, Duration.ZERO)),
            Provocation.of("W7", "WORKLOAD_FILE_NOT_ONE_LINE", "exactly one line", on -> file(on, "one\ntwo\n")),
            Provocation.of("W7", "WORKLOAD_FILE_NOT_ONE_LINE", "exactly one line", on -> file(on, "")),
            Provocation.of("W7", "WORKLOAD_FILE_NO_JWT", "replaced by renaming", on -> file(on, "half-of-it")),
            Provocation.of("W8", "WORKLOAD_VARIABLE_EXPIRED", "request one in the step that uses it", on -> {
                Map<String, Object> claims = claims("https://gitlab.com", AUDIENCE, "project_path:o/r:ref_type:branch");
                claims.put("exp", Instant.now().minusSeconds(60).getEpochSecond());
                return Stage.thrown(TokenVariableSource.gitLab("ID_TOKEN")
                        .environment(Map.of("ID_TOKEN", Stage.jwt("RS256", claims)))::mint);
            }),
            subject(
                    "W9",
                    "https://app.terraform.io",
                    TERRAFORM + "apply",
                    TERRAFORM + "plan",
                    MismatchCause.TERRAFORM_PHASE),
            subject(
                    "W10",
                    "https://oidc.circleci.com/org/1",
                    CIRCLECI + "7cc1d11b-46c8",
                    CIRCLECI + "1f0e5d77-9a20",
                    MismatchCause.CIRCLECI_USER));

    private RuntimeProvocations() {}

    static Provocation subject(String row, String issuer, String inToken, String inPolicy, MismatchCause cause) {
        return Provocation.of(
                        row,
                        ErrorCode.SUBJECT_MISMATCH,
                        "'" + inToken + "'",
                        on -> on.refused(claims(issuer, AUDIENCE, inToken), issuer, AUDIENCE, inPolicy))
                .with(cause);
    }

    private static LoopbackIdp azureDevOps(Stage on) {
        return on.started(LoopbackIdp.azureDevOps().start());
    }

    private static Problem file(Stage on, String text) throws IOException {
        Path file = Files.writeString(on.directory.resolve("token"), text);
        return Stage.thrown(TokenFileSource.of(file)::mint);
    }

    private static Problem expired(Stage on, Duration writtenAgo) throws IOException {
        Map<String, Object> claims = claims(CLUSTER, AUDIENCE, POD);
        claims.put("exp", Instant.now().minus(Duration.ofHours(2)).getEpochSecond());
        Path file = Files.writeString(on.directory.resolve("token"), Stage.jwt("RS256", claims));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(writtenAgo)));
        return Stage.thrown(TokenFileSource.of(file)::mint);
    }
}
