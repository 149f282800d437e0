// SPDX-License-Identifier: Apache-2.0
/**
 * JWTs of runtimes that know who they are: CI jobs, pods, virtual machines. No secret is configured anywhere; the federation
 * policy names the job, the service account or the machine.
 *
 * <table>
 * <caption>Which source for which runtime</caption>
 * <tr><th>runtime</th><th>source</th><th>can be renewed</th></tr>
 * <tr><td>GitHub Actions</td><td>{@link io.tokenfederation.workload.GitHubActionsTokenSource}</td><td>yes</td></tr>
 * <tr><td>Azure Pipelines</td><td>{@link io.tokenfederation.workload.AzureDevOpsTokenSource}</td><td>yes</td></tr>
 * <tr><td>GitLab, CircleCI, Bitbucket, HCP Terraform</td>
 *     <td>{@link io.tokenfederation.workload.TokenVariableSource}</td><td>no</td></tr>
 * <tr><td>Kubernetes, SPIFFE</td><td>{@link io.tokenfederation.workload.TokenFileSource}</td><td>yes</td></tr>
 * <tr><td>Google Cloud</td><td>{@link io.tokenfederation.workload.GoogleMetadataTokenSource}</td><td>yes</td></tr>
 * <tr><td>whichever this is</td><td>{@link io.tokenfederation.workload.WorkloadTokenSource}</td><td></td></tr>
 * </table>
 *
 * <p>None of them caches, as {@link io.tokenfederation.IdpTokenSource} asks; all are immutable and thread-safe.
 */
@NullMarked
package io.tokenfederation.workload;

import org.jspecify.annotations.NullMarked;
