// SPDX-License-Identifier: Apache-2.0
/**
 * Acts as the right Databricks service principal for each caller, without a Databricks secret.
 *
 * <p>Two paths meet in a {@link io.tokenfederation.ServicePrincipal}. The left one says who it is to be, the right one gets
 * its token:
 *
 * <pre>{@code
 * person's token -> CallerVerifier -> Caller -> RoleResolver -> ServicePrincipal
 * ServicePrincipal -> Cache(Exchange(Cache(IdpTokenSource))) -> DatabricksToken
 * }</pre>
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link io.tokenfederation.DatabricksTokenExchanger}, the facade: tokens per service principal, exchanged, kept and
 *       renewed. It is the whole second line.
 *   <li>{@link io.tokenfederation.IdpTokenSource}, where the application's own JWTs come from: one method, to be
 *       implemented for another provider. {@link io.tokenfederation.OidcTokenSource} is the general one.
 *   <li>{@link io.tokenfederation.CallerVerifier} and {@link io.tokenfederation.RoleResolver}, the first line.
 *   <li>{@link io.tokenfederation.DatabricksTokenSource}, what everything takes that carries a token.
 *   <li>{@link io.tokenfederation.FederationException}, the one thing to catch; {@link io.tokenfederation.ErrorCode} says what
 *       each failure means and what to do about it.
 * </ol>
 *
 * <p>Wrapping is how to extend it: an {@code IdpTokenSource} around another one retries, traces or reads a secret store.
 * Builders belong to one thread; everything they build is thread-safe. Nothing that holds a token prints it.
 */
@NullMarked
package io.tokenfederation;

import org.jspecify.annotations.NullMarked;
