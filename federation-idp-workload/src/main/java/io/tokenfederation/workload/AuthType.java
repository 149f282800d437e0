// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.SafeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of token that Databricks' tools get from the runtime they are in, and which the environment is set up for. */
enum AuthType {
    ENV_OIDC("neither " + DatabricksVariables.TOKEN + " nor " + DatabricksVariables.TOKEN_ENV + " is set") {
        @Override
        boolean fits(DatabricksVariables variables) {
            return variables.tokenVariable().isPresent();
        }

        @Override
        IdpTokenSource source(DatabricksVariables variables) {
            TokenVariableSource source = TokenVariableSource.of(
                            variables.tokenVariable().orElse(DatabricksVariables.TOKEN))
                    .environment(variables.environment().asMap());
            return variables.audience().map(source::audience).orElse(source);
        }
    },
    FILE_OIDC("neither " + DatabricksVariables.FILE_PATH + " nor " + DatabricksVariables.FILE + " is set") {
        @Override
        boolean fits(DatabricksVariables variables) {
            return variables.tokenFile().isPresent();
        }

        @Override
        IdpTokenSource source(DatabricksVariables variables) {
            TokenFileSource source = TokenFileSource.of(variables
                    .tokenFile()
                    .map(AuthType::path)
                    .orElseThrow(() -> WorkloadErrorCode.WORKLOAD_NOT_DETECTED.exception(
                            DatabricksVariables.AUTH_TYPE + " is file-oidc, but " + FILE_OIDC.whyNot)));
            return variables.audience().map(source::audience).orElse(source);
        }
    },
    GITHUB_OIDC(GitHubActionsTokenSource.URL + " and " + GitHubActionsTokenSource.TOKEN + " are not both set") {
        @Override
        boolean fits(DatabricksVariables variables) {
            return variables.environment().has(GitHubActionsTokenSource.URL)
                    && variables.environment().has(GitHubActionsTokenSource.TOKEN);
        }

        @Override
        IdpTokenSource source(DatabricksVariables variables) {
            GitHubActionsTokenSource.Builder source = GitHubActionsTokenSource.builder()
                    .environment(variables.environment().asMap());
            variables.audienceToAskFor().ifPresent(source::audience);
            return source.build();
        }
    },
    AZURE_DEVOPS_OIDC(AzureDevOpsTokenSource.TOKEN + " is not set, or neither " + AzureDevOpsTokenSource.URL + " nor "
            + AzureDevOpsTokenSource.COLLECTION + " is") {
        @Override
        boolean fits(DatabricksVariables variables) {
            Variables environment = variables.environment();
            return environment.has(AzureDevOpsTokenSource.TOKEN)
                    && (environment.has(AzureDevOpsTokenSource.URL)
                            || environment.has(AzureDevOpsTokenSource.COLLECTION));
        }

        @Override
        IdpTokenSource source(DatabricksVariables variables) {
            return AzureDevOpsTokenSource.builder()
                    .environment(variables.environment().asMap())
                    .build();
        }
    };

    private final String whyNot;

    AuthType(String whyNot) {
        this.whyNot = whyNot;
    }

    /** Chooses: by name where one is given, else the only one that fits. */
    static AuthType of(DatabricksVariables variables) {
        Optional<String> asked = variables.authType();
        if (asked.isPresent()) {
            return Arrays.stream(values())
                    .filter(type -> type.spelling().equals(asked.get()))
                    .findFirst()
                    .orElseThrow(() -> WorkloadErrorCode.WORKLOAD_AUTH_TYPE_UNSUPPORTED.exception(
                            DatabricksVariables.AUTH_TYPE + " is '" + SafeText.of(asked.get()) + "'"));
        }
        List<AuthType> fitting =
                Arrays.stream(values()).filter(type -> type.fits(variables)).toList();
        if (fitting.size() > 1) {
            throw WorkloadErrorCode.WORKLOAD_AMBIGUOUS.exception("the variables fit several: "
                    + fitting.stream().map(AuthType::spelling).collect(Collectors.joining(", ")));
        }
        return fitting.stream().findFirst().orElseThrow(() -> none(variables.environment()));
    }

    private static IdpTokenException none(Variables environment) {
        String looked = Arrays.stream(values())
                .map(type -> type.spelling() + ": " + type.whyNot)
                .collect(Collectors.joining("; "));
        Optional<Surroundings> runtime = Surroundings.of(environment);
        String where = runtime.map(known -> "; this is " + known.title()).orElse("");
        return new IdpTokenException(WorkloadErrorCode.WORKLOAD_NOT_DETECTED
                .problem("no source fits (" + looked + where + ")")
                .fix(runtime.map(Surroundings::fix).orElse(WorkloadErrorCode.WORKLOAD_NOT_DETECTED.fix())));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw WorkloadErrorCode.WORKLOAD_FILE_UNREADABLE.exception(
                    DatabricksVariables.FILE_PATH + " (or _FILE) is no path");
        }
    }

    /** {@return its name, as {@code DATABRICKS_AUTH_TYPE} spells it} */
    String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    abstract boolean fits(DatabricksVariables variables);

    abstract IdpTokenSource source(DatabricksVariables variables);
}
