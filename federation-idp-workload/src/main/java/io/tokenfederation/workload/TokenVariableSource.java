// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JWT a CI runtime puts into an environment variable: GitLab, CircleCI, Bitbucket, HCP Terraform.
 *
 * <pre>{@code
 * IdpTokenSource idp = TokenVariableSource.gitLab("DATABRICKS_ID_TOKEN").audience("https://adb-1.azuredatabricks.net");
 * }</pre>
 *
 * <p>A process cannot renew such a token: every call returns the same one, and when it is over,
 * {@code WORKLOAD_VARIABLE_EXPIRED} says so, which is not retryable. Databricks tokens exchanged for it end with it.
 *
 * <p>Immutable: each setter returns a changed copy. Thread-safe. Does not verify the JWT's signature.
 */
public final class TokenVariableSource implements IdpTokenSource {
    private final String name;
    private final String howToGet;
    private final Variables environment;
    private final @Nullable String audience;

    private TokenVariableSource(String name, String howToGet, Variables environment, @Nullable String audience) {
        this.name = Given.text(name, "name");
        this.howToGet = howToGet;
        this.environment = environment;
        this.audience = audience;
    }

    /**
     * The JWT in any variable.
     *
     * @param name the variable's name
     * @return a source that reads this process's environment
     * @throws IllegalArgumentException if the name is blank
     */
    public static TokenVariableSource of(String name) {
        return new TokenVariableSource(
                name, WorkloadErrorCode.WORKLOAD_VARIABLE_MISSING.fix(), new Variables(System.getenv()), null);
    }

    /**
     * The JWT of a GitLab job, under the name the job gives it. Lives as long as the job may take.
     *
     * @param name the name under {@code id_tokens}
     * @return the source
     * @throws IllegalArgumentException if the name is blank
     * @see <a href="https://docs.gitlab.com/ci/secrets/id_token_authentication/">GitLab: ID tokens</a>
     */
    public static TokenVariableSource gitLab(String name) {
        return of(name).howToGet("Declare it in the job: 'id_tokens: " + name + ": aud: <the policy's audience>'.");
    }

    /**
     * The JWT of a CircleCI job: {@code CIRCLE_OIDC_TOKEN_V2}, for the audience of the organization's id. Its {@code sub}
     * names the person who started the job, so let the policy match {@code oidc.circleci.com/project-id} instead. Lives an
     * hour.
     *
     * @return the source
     * @see <a href="https://circleci.com/docs/openid-connect-tokens/">CircleCI: OpenID Connect tokens</a>
     */
    public static TokenVariableSource circleCi() {
        return of("CIRCLE_OIDC_TOKEN_V2")
                .howToGet(
                        "CircleCI sets it for every job, but for builds of forks only with 'Pass secrets to builds from forked"
                                + " pull requests' (Project settings > Advanced); older servers want the job to have a context.");
    }

    /**
     * The JWT of a Bitbucket Pipelines step: {@code BITBUCKET_STEP_OIDC_TOKEN}.
     *
     * @return the source
     * @see <a
     *     href="https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/">
     *     Bitbucket: OIDC</a>
     */
    public static TokenVariableSource bitbucket() {
        return of("BITBUCKET_STEP_OIDC_TOKEN").howToGet("Set 'oidc: true' on the step.");
    }

    /**
     * The JWT of an HCP Terraform run: {@code TFC_WORKLOAD_IDENTITY_TOKEN}. Plan and apply have each their own
     * {@code sub}, so two policies are needed.
     *
     * @return the source
     * @see <a
     *     href="https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/manual-generation">
     *     HCP Terraform: workload identity</a>
     */
    public static TokenVariableSource terraformCloud() {
        return of("TFC_WORKLOAD_IDENTITY_TOKEN")
                .howToGet(
                        "Set the workspace's environment variable TFC_WORKLOAD_IDENTITY_AUDIENCE to the policy's audience.");
    }

    /**
     * Checks that the token is for this audience before it is used. Default: no check.
     *
     * @param audience the federation policy's audience
     * @return a changed copy
     * @throws IllegalArgumentException if it is blank
     */
    public TokenVariableSource audience(String audience) {
        return new TokenVariableSource(name, howToGet, environment, Given.text(audience, "audience"));
    }

    /**
     * Reads other variables than those of this process.
     *
     * @param environment names and values; copied
     * @return a changed copy
     */
    public TokenVariableSource environment(Map<String, String> environment) {
        return new TokenVariableSource(
                name, howToGet, new Variables(requireNonNull(environment, "environment")), audience);
    }

    /**
     * Returns the JWT in the variable, the same each time.
     *
     * @return a JWT that lives for at least 40 seconds more
     * @throws IdpTokenException {@code WORKLOAD_VARIABLE_MISSING}, {@code WORKLOAD_VARIABLE_EXPIRED} or
     *     {@code WORKLOAD_AUDIENCE_UNEXPECTED}; or that what is there is no JWT
     */
    @Override
    public IdpToken mint() {
        String jwt = environment
                .find(name)
                .orElseThrow(() -> new IdpTokenException(WorkloadErrorCode.WORKLOAD_VARIABLE_MISSING
                        .problem("the variable " + name + " is not set")
                        .fix(howToGet)));
        IdpToken token = RuntimeJwt.parse(jwt, "the variable " + name);
        if (audience != null) {
            RuntimeJwt.requireAudience(token, audience, "the variable " + name);
        }
        Instant now = Instant.now();
        if (RuntimeJwt.isOver(token, now)) {
            throw WorkloadErrorCode.WORKLOAD_VARIABLE_EXPIRED.exception(
                    "the token in the variable " + name + " " + RuntimeJwt.end(token, now));
        }
        return token;
    }

    private TokenVariableSource howToGet(String words) {
        return new TokenVariableSource(name, words, environment, audience);
    }

    /** {@return the variable's name, not its value} */
    @Override
    public String toString() {
        return "TokenVariableSource[" + name + (audience == null ? "" : ", audience=" + audience) + "]";
    }
}
