// SPDX-License-Identifier: Apache-2.0
/**
 * Microsoft Entra ID: its defaults, quirks and error texts.
 *
 * <p>{@link io.tokenfederation.entra.EntraTokenSource} gets JWTs for an application with a secret, a certificate or a
 * federated credential; {@link io.tokenfederation.entra.ManagedIdentityTokenSource} for what runs on Azure and needs none
 * of them. Either can be exchanged, or be a token for Azure Databricks itself, which needs no exchange.
 */
@NullMarked
package io.tokenfederation.entra;

import org.jspecify.annotations.NullMarked;
