// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import static io.tokenfederation.internal.RefusalTable.passing;
import static io.tokenfederation.internal.RefusalTable.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.RefusalTable;
import io.tokenfederation.internal.RefusalTable.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells Auth0's refusals apart. Auth0 answers {@code access_denied} to several different mistakes, so the description
 * decides; where its wording changes, the general code stays.
 */
record Auth0Refusals(Auth0Client client) {
    static final String BOUND_FIX =
            "Switch sender constraining (DPoP, mTLS token binding) off for the application '%2$s' and"
                    + " at Applications > APIs > '%3$s' > Settings; Databricks takes bearer tokens only.";

    private static final String NO_GRANT = "AUTH0_CLIENT_GRANT_MISSING";
    private static final String GRANT = "Authorise the application '%2$s' for the API '%3$s': Applications > APIs >"
            + " the API > Machine to Machine Applications.";
    private static final String REUSED = "AUTH0_ASSERTION_REUSED";
    private static final String REUSED_FIX =
            "Look for a proxy that sends requests twice: each request has an assertion of"
                    + " its own, which Auth0 takes once.";
    private static final String REFUSED = "AUTH0_ASSERTION_REFUSED";
    private static final String REFUSED_FIX =
            "Upload the public key at Applications > the application '%2$s' > Credentials,"
                    + " choose Private Key JWT there, give the key its Key ID by keyId(...), and check this machine's clock and that"
                    + " %1$s is a domain of the tenant.";

    /** In a fix, 1 is the domain, 2 the client, 3 the audience, 4 the credential, 5 its title. */
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
                    "The M2M token quota is used up until the time given; cache tokens, or raise the quota."),
            row("assertion", REFUSED, REFUSED_FIX),
            row(
                    "rganization",
                    "AUTH0_ORGANIZATION_REFUSED",
                    "Set organization(name) to one that the client grant of '%2$s' allows, or leave it out: the grant says"
                            + " whether an organization is denied, allowed or required.")));

    /** For a failure that passes: what its words mean besides, such as what is busy, needs nobody to change anything. */
    private static final RefusalTable PASSING_ROWS =
            new RefusalTable(ROWS.rows().stream().filter(Row::retryable).toList());

    /**
     * For an assertion that was refused. No text is on record, so these are whole phrases: a single word may be part of a
     * value that Auth0 quotes.
     */
    private static final RefusalTable ASSERTION_ROWS = new RefusalTable(
            Stream.of("already used", "already been used", "been replayed", "was replayed", "replay detected")
                    .map(phrase -> passing(phrase, REUSED, REUSED_FIX))
                    .toList());

    /** What is wrong with an answer that came, by the code the core gives it. */
    private static final Map<String, String> FIXES = Map.of(
            ErrorCode.IDP_TOKEN_OPAQUE.name(),
            "Set audience to the Identifier of an API in the Auth0 dashboard"
                    + " (Applications > APIs); for any other audience Auth0 issues an opaque token.",
            ErrorCode.IDP_TOKEN_ENCRYPTED.name(),
            "Switch JSON Web Encryption (JWE) off at Applications > APIs > '%3$s' > Settings > Token Settings.",
            ErrorCode.IDP_TOKEN_NOT_BEARER.name(),
            BOUND_FIX,
            ErrorCode.IDP_CLIENT_REJECTED.name(),
            "Check client id '%2$s' and its %4$s in %1$s, and that the application's authentication method"
                    + " (Credentials tab) is %5$s.");

    IdpTokenException explain(IdpTokenException refused) {
        Problem known = refused.problem();
        Optional<Row> row = rowFor(known);
        if (row.isPresent()) {
            return new IdpTokenException(
                    known.kind(row.get().code(), client.fill(row.get().fix()))
                            .retryable(row.get().retryable())
                            .cause(refused));
        }
        String fix = FIXES.get(known.code());
        return fix == null ? refused : new IdpTokenException(known.fix(client.fill(fix)));
    }

    private Optional<Row> rowFor(Problem known) {
        String error = known.oauthError().orElse("");
        String words = known.serverSaid().orElse("");
        int status = known.httpStatus().orElse(0);
        if (status >= 500) {
            // What a failing server or the gateway before it says is no verdict on the request.
            return Optional.empty();
        }
        if (known.retryable()) {
            return PASSING_ROWS.find(error, words);
        }
        boolean assertionRefused = client.authentication() == Auth0Authentication.PRIVATE_KEY
                && (status == 401 || error.equals("invalid_client"));
        Optional<Row> reused = assertionRefused ? ASSERTION_ROWS.find(error, words) : Optional.empty();
        return reused.isPresent() ? reused : ROWS.find(error, words);
    }
}
