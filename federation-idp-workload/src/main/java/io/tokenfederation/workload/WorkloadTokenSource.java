// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import java.io.IOException;
import java.util.Map;

/**
 * Whichever source the environment asks for, by the variables that Databricks' own tools read; so one program runs in a
 * CI job and in a pod.
 *
 * <pre>{@code
 * IdpTokenSource idp = WorkloadTokenSource.fromEnvironment();
 * }</pre>
 *
 * <table>
 * <caption>What is understood</caption>
 * <tr><th>{@code DATABRICKS_AUTH_TYPE}</th><th>variables</th></tr>
 * <tr><td>{@code env-oidc}</td><td>{@code DATABRICKS_OIDC_TOKEN}, or the variable that
 *     {@code DATABRICKS_OIDC_TOKEN_ENV} names</td></tr>
 * <tr><td>{@code file-oidc}</td><td>{@code DATABRICKS_OIDC_TOKEN_FILEPATH}, {@code DATABRICKS_OIDC_TOKEN_FILE}</td></tr>
 * <tr><td>{@code github-oidc}</td><td>{@code ACTIONS_ID_TOKEN_REQUEST_URL},
 *     {@code ACTIONS_ID_TOKEN_REQUEST_TOKEN}</td></tr>
 * <tr><td>{@code azure-devops-oidc}</td><td>{@code SYSTEM_ACCESSTOKEN}, {@code SYSTEM_OIDCREQUESTURI} or the parts it is
 *     made of</td></tr>
 * </table>
 *
 * <p>Where the type is not set, the variables decide; if they fit several types, that is an error, never a guess. The
 * audience is {@code DATABRICKS_TOKEN_AUDIENCE} or {@code TOKEN_AUDIENCE}, else, for GitHub only, the
 * {@code DATABRICKS_ACCOUNT_ID}. In a file or a variable it is compared with the token's.
 *
 * <p>Not detected are Google's metadata server, Azure's managed identities and the workload identity of AKS, which no
 * variable of Databricks' tools stands for: build their sources by their classes.
 *
 * <p>Immutable and thread-safe; caches nothing.
 *
 * @see <a href="https://docs.databricks.com/aws/en/dev-tools/auth/unified-auth">Databricks: unified authentication</a>
 */
public final class WorkloadTokenSource implements IdpTokenSource {
    private final AuthType type;
    private final IdpTokenSource source;

    private WorkloadTokenSource(AuthType type, IdpTokenSource source) {
        this.type = type;
        this.source = source;
    }

    /**
     * Chooses by the environment of this process.
     *
     * @return the source; nothing is read or sent yet but variables
     * @throws IdpTokenException {@code WORKLOAD_NOT_DETECTED}, with all that was looked at; {@code WORKLOAD_AMBIGUOUS},
     *     {@code WORKLOAD_SETTING_CONFLICT} or {@code WORKLOAD_AUTH_TYPE_UNSUPPORTED}
     */
    public static WorkloadTokenSource fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Chooses by these variables.
     *
     * @param environment names and values; copied
     * @return the source; nothing is read or sent yet
     * @throws IdpTokenException as {@link #fromEnvironment()} does
     */
    public static WorkloadTokenSource fromEnvironment(Map<String, String> environment) {
        DatabricksVariables variables = new DatabricksVariables(new Variables(environment));
        AuthType type = AuthType.of(variables);
        return new WorkloadTokenSource(type, type.source(variables));
    }

    /** {@return the type that was chosen, as {@code DATABRICKS_AUTH_TYPE} spells it, such as {@code github-oidc}} */
    public String authType() {
        return type.spelling();
    }

    @Override
    public IdpToken mint() throws IOException {
        return source.mint();
    }

    /** {@return the type that was chosen, and its source; no variable's value} */
    @Override
    public String toString() {
        return "WorkloadTokenSource[" + authType() + ": " + source + "]";
    }
}
