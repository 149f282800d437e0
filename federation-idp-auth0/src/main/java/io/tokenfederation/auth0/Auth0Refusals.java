// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import static io.tokenfederation.internal.RefusalTable.passing;
import static io.tokenfederation.internal.RefusalTable.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.RefusalTable;
import java.util.List;
import java.util.Optional;

/**
 * Tells Auth0's refusals apart. Auth0 answers {@code access_denied} to several different mistakes, so the description
 * decides; where its wording changes, the general code stays.
 */
record Auth0Refusals(String domain, String clientId, String audience) {
    private static final String NO_GRANT = "AUTH0_CLIENT_GRANT_MISSING";
    private static final String GRANT = "Authorise the application '%2$s' for the API '%3$s': Applications > APIs >"
            + " the API > Machine to Machine Applications.";

    /** In a fix, 1 is the domain, 2 the client, 3 the audience. */
    private static final RefusalTable ROWS = new RefusalTable(List.of(
            row(
                    "Service not enabled within domain",
                    "AUTH0_API_NOT_FOUND",
                    "No API has the Identifier '%3$s' in %1$s: make audience the API's Identifier, character for character."
                            + " Only if the Identifier itself is wrong, create the API anew; it cannot be changed."),
            row("client-grant", NO_GRANT, GRANT),
            row("is not authorized to access", NO_GRANT, GRANT),
            row(
                    "Grant type",
                    "AUTH0_GRANT_TYPE_DISABLED",
                    "Enable Client Credentials for the application '%2$s' (Settings > Advanced > Grant Types), or use a"
                            + " Machine to Machine application."),
            row(
                    "unauthorized_client",
                    "AUTH0_CLIENT_UNAUTHORIZED",
                    "The application '%2$s' may not use this grant here; a third-party application needs a client grant of"
                            + " its own."),
            passing(
                    "quota exceeded",
                    "AUTH0_QUOTA_EXCEEDED",
                    "The M2M token quota is used up until the time given; cache tokens, or raise the quota.")));

    private static final String OPAQUE = "Set audience to the Identifier of an API in the Auth0 dashboard"
            + " (Applications > APIs); for any other audience Auth0 issues an opaque token.";

    private static final String CLIENT = "Check client id '%2$s' and its secret in %1$s, and that the application's"
            + " authentication method is Client Secret (Post).";

    IdpTokenException explain(IdpTokenException refused) {
        Problem known = refused.problem();
        Optional<RefusalTable.Row> row =
                ROWS.find(known.oauthError().orElse(""), known.serverSaid().orElse(""));
        if (row.isPresent()) {
            return new IdpTokenException(
                    known.kind(row.get().code(), filled(row.get().fix()))
                            .retryable(row.get().retryable())
                            .cause(refused));
        }
        if (known.code().equals(ErrorCode.IDP_TOKEN_OPAQUE.name())) {
            return new IdpTokenException(known.fix(OPAQUE));
        }
        if (known.code().equals(ErrorCode.IDP_CLIENT_REJECTED.name())) {
            return new IdpTokenException(known.fix(filled(CLIENT)));
        }
        return refused;
    }

    private String filled(String fix) {
        return String.format(fix, domain, clientId, audience);
    }
}
