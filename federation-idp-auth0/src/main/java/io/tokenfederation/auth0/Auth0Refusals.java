// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;

/**
 * Tells Auth0's refusals apart. Auth0 answers {@code access_denied} to several different mistakes, so the description
 * decides; where its wording changes, the general code stays.
 */
record Auth0Refusals(String domain, String clientId, String audience) {

    IdpTokenException explain(IdpTokenException refused) {
        Problem known = refused.problem();
        String said = known.serverSaid().orElse("");
        if (known.code().equals(ErrorCode.IDP_TOKEN_OPAQUE.name())) {
            return new IdpTokenException(known.fix("Set audience to the Identifier of an API in the Auth0 dashboard"
                    + " (Applications > APIs); for any other audience Auth0 issues an opaque token."));
        }
        if (said.contains("Service not enabled within domain")) {
            return as(
                    "AUTH0_API_NOT_FOUND",
                    "No API has the Identifier '" + audience + "' in " + domain
                            + ". Identifiers match character for character and cannot be changed: create the API anew.",
                    refused);
        }
        if (said.contains("client-grant") || said.contains("is not authorized to access")) {
            return as(
                    "AUTH0_CLIENT_GRANT_MISSING",
                    "Authorise the application '" + clientId + "' for the API '" + audience
                            + "': Applications > APIs > the API > Machine to Machine Applications.",
                    refused);
        }
        if (said.contains("Grant type")) {
            return as(
                    "AUTH0_GRANT_TYPE_DISABLED",
                    "Enable Client Credentials for the application '" + clientId
                            + "' (Settings > Advanced > Grant Types), or use a Machine to Machine application.",
                    refused);
        }
        if (known.oauthError().filter("unauthorized_client"::equals).isPresent()) {
            return as(
                    "AUTH0_CLIENT_UNAUTHORIZED",
                    "The application '" + clientId + "' may not use this grant here; a third-party application needs a"
                            + " client grant of its own.",
                    refused);
        }
        if (said.contains("quota exceeded")) {
            return as(
                    "AUTH0_QUOTA_EXCEEDED",
                    "The M2M token quota is used up until the time given; cache tokens, or raise the quota.",
                    refused);
        }
        if (known.code().equals(ErrorCode.IDP_CLIENT_REJECTED.name())) {
            return new IdpTokenException(known.fix("Check client id '" + clientId + "' and its secret in " + domain
                    + ", and that the application's authentication method is Client Secret (Post)."));
        }
        return refused;
    }

    private static IdpTokenException as(String code, String fix, IdpTokenException refused) {
        return new IdpTokenException(refused.problem().kind(code, fix).cause(refused));
    }
}
