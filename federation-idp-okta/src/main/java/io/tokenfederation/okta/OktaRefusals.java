// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import static io.tokenfederation.internal.RefusalTable.passing;
import static io.tokenfederation.internal.RefusalTable.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.RefusalTable;
import io.tokenfederation.internal.RefusalTable.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells Okta's refusals apart, by the texts of its published catalogue of OAuth errors. One error stands for several
 * mistakes, and a status for none: {@code temporarily_unavailable} comes with 400. Where Okta changes its wording, the
 * general code stays.
 */
record OktaRefusals(OktaClient client) {
    static final String ORG_SERVER = "OKTA_ORG_SERVER";
    static final String ORG_SERVER_FIX = "Set authorizationServer to a custom authorization server of %1$s, such as"
            + " 'default' (Security > API), and domain to the org without a path; Databricks cannot verify tokens of the"
            + " org authorization server.";
    static final String DPOP = "OKTA_DPOP_REQUIRED";
    static final String DPOP_FIX = "Untick 'Require Demonstrating Proof of Possession (DPoP)' at Applications > the"
            + " application '%3$s' > General > General Settings; new API Services applications have it ticked.";
    static final String AUDIENCE = "OKTA_AUDIENCE_MISMATCH";

    private static final String SCOPE_DENIED = "OKTA_SCOPE_DENIED";
    private static final String SCOPE_DENIED_FIX = "Allow the scopes '%4$s' in the rule: Security > API > %2$s > Access"
            + " Policies > the application's policy > the rule > Scopes requested.";
    private static final String TIME = "OKTA_ASSERTION_TIME";
    private static final String TIME_FIX =
            "Set this machine's clock (NTP): by Okta's clock, the assertion that was signed"
                    + " just now has expired or is from the future.";
    private static final String NO_SERVER = "OKTA_SERVER_NOT_FOUND";
    private static final String NO_SERVER_FIX =
            "Set authorizationServer to the id of one of %1$s's servers: at Security >"
                    + " API, what follows /oauth2/ in the Issuer URI; it has none named '%2$s'.";

    /** In a fix, 1 is the domain, 2 the authorization server, 3 the client, 4 the scopes, 5 the authentication method. */
    private static final List<Row> OF_THE_CLIENT = List.of(
            row(
                    "Invalid value for 'client_id'",
                    "OKTA_CLIENT_UNKNOWN",
                    "No active application of %1$s has the client id '%3$s': copy it from Applications > the application >"
                            + " General, and check that domain is the org it is in."),
            row(
                    "client secret supplied",
                    "OKTA_CLIENT_SECRET_WRONG",
                    "Copy the client secret anew from Applications > the application '%3$s' > General > Client Credentials >"
                            + " Client Secrets, and check that it is active."),
            row(
                    "No client credentials found",
                    "OKTA_CLIENT_AUTH_METHOD",
                    "Set Client authentication to '%5$s' at Applications > the application '%3$s' > General > Client"
                            + " Credentials; if it is, look for a proxy that removes the Authorization header."),
            row("must use the private_key_jwt", ORG_SERVER, ORG_SERVER_FIX),
            row("only be used with a custom authorization server", ORG_SERVER, ORG_SERVER_FIX),
            row(
                    "cannot use a custom authorization server",
                    "OKTA_CUSTOM_SERVER_FORBIDDEN",
                    "Use an application of type API Services instead of '%3$s': Applications > Create App Integration."),
            row(
                    "not authorized to use the provided grant type",
                    "OKTA_GRANT_TYPE_DISABLED",
                    "Tick Client Credentials at Applications > the application '%3$s' > General > General Settings > Grant"
                            + " type, or use an application of type API Services."),
            row(
                    "Cannot supply multiple client credentials",
                    "OKTA_CREDENTIALS_TWICE",
                    "Set no client_id, client_secret or Authorization in the HttpClient, a proxy or parameter(...): the source"
                            + " sends one credential, and Okta got two."));

    private static final List<Row> OF_THE_SERVER = List.of(
            row("authorization server id is invalid", NO_SERVER, NO_SERVER_FIX),
            row("E0000007", NO_SERVER, NO_SERVER_FIX),
            row(
                    "E0000015",
                    "OKTA_API_ACCESS_MANAGEMENT_MISSING",
                    "Have API Access Management switched on for %1$s, by Okta or whoever buys its licences: custom"
                            + " authorization servers are part of it."),
            row(
                    "'scope' must be provided",
                    "OKTA_SCOPE_MISSING",
                    "Set scopes(name) to a custom scope of the authorization server: Security > API > %2$s > Scopes; the"
                            + " request that arrived held none."),
            row(
                    "scopes are not configured",
                    "OKTA_SCOPE_UNKNOWN",
                    "Add the scopes '%4$s' at Security > API > %2$s > Scopes, or set scopes(name) to one that is there."),
            row(
                    "Cannot request 'openid' scopes",
                    "OKTA_SCOPE_OPENID",
                    "Leave openid, profile, email and the like out of scopes(...): they are for people; set a custom scope."),
            row(
                    "Policy evaluation failed",
                    "OKTA_ACCESS_POLICY_MISSING",
                    "At Security > API > %2$s > Access Policies, add a policy for the application '%3$s' with a rule that"
                            + " allows Client Credentials, for any user assigned the app: a rule for groups never fits."),
            row("all the requested scopes were rejected", SCOPE_DENIED, SCOPE_DENIED_FIX),
            row("scopes were denied", SCOPE_DENIED, SCOPE_DENIED_FIX),
            row(
                    "consent_required",
                    "OKTA_SCOPE_CONSENT",
                    "Set User consent of the scopes '%4$s' to Implicit at Security > API > %2$s > Scopes: nobody is there"
                            + " who could consent."),
            row("invalid_dpop_proof", DPOP, DPOP_FIX),
            row("use_dpop_nonce", DPOP, DPOP_FIX),
            passing(
                    "temporarily_unavailable",
                    "OKTA_UNAVAILABLE",
                    "Wait, and look at status.okta.com: Okta says that it cannot answer at the moment."),
            passing(
                    "E0000047",
                    "OKTA_RATE_LIMITED",
                    "Wait for the time given; share one token source per process, so that one JWT serves all principals, and"
                            + " look at Reports > Rate Limits for who else asks."));

    /** Okta calls these {@code server_error}, with 400; but they stay until somebody changes the claim. */
    private static final RefusalTable CLAIMS = new RefusalTable(List.of(
            row(
                    "system claim could not be evaluated",
                    "OKTA_CLAIM_NOT_EVALUATED",
                    "Give the claim the server names an expression that has a value where no person logs in, at Security >"
                            + " API > %2$s > Claims; for sub, Okta's own is: (appuser != null) ? appuser.userName :"
                            + " app.clientId"),
            row(
                    "groups claim matched too many groups",
                    "OKTA_GROUPS_TOO_MANY",
                    "Narrow the filter of the groups claim at Security > API > %2$s > Claims, such as '^app-' instead of"
                            + " '.*'.")));

    /** Last, because its last row fits many texts. */
    private static final List<Row> OF_THE_ASSERTION = List.of(
            row(
                    "audience claim for client_assertion",
                    "OKTA_ASSERTION_AUDIENCE",
                    "Set domain to the host that Okta itself sees, the org's or its custom domain: the assertion is for"
                            + " %1$s, and a proxy changed the host or path on the way."),
            passing(
                    "already been used",
                    "OKTA_ASSERTION_REUSED",
                    "Look for a proxy that sends requests twice: each request has an assertion of its own, which Okta takes"
                            + " once."),
            row("client_assertion token is expired", TIME, TIME_FIX),
            row("too far into the future", TIME, TIME_FIX),
            row("not valid yet", TIME, TIME_FIX),
            row(
                    "client_assertion",
                    "OKTA_ASSERTION_REFUSED",
                    "Save the public key of the private key at Applications > the application '%3$s' > General > Client"
                            + " Credentials > Public Keys, active, and give the key its KID by keyId(...); it signs RS256 to RS512 or"
                            + " ES256 to ES512."));

    private static final RefusalTable ROWS = new RefusalTable(Stream.of(OF_THE_CLIENT, OF_THE_SERVER, OF_THE_ASSERTION)
            .flatMap(List::stream)
            .toList());

    /** For a failure that passes: what its words mean besides, such as what is busy, needs nobody to change anything. */
    private static final RefusalTable PASSING_ROWS =
            new RefusalTable(ROWS.rows().stream().filter(Row::retryable).toList());

    private static final String OPAQUE =
            "Check that domain '%1$s' is an Okta org and authorizationServer '%2$s' one of its"
                    + " custom servers (Security > API): those issue JWTs, which this is not.";

    private static final String CLIENT =
            "Check client id '%3$s' and its credential in %1$s: Applications > the application >"
                    + " General > Client Credentials, Client authentication '%5$s'.";

    IdpTokenException explain(IdpTokenException refused) {
        Problem known = refused.problem();
        Optional<Row> row = rowFor(known);
        if (row.isPresent()) {
            return new IdpTokenException(
                    known.kind(row.get().code(), client.fill(row.get().fix()))
                            .retryable(row.get().retryable())
                            .cause(refused));
        }
        if (known.code().equals(ErrorCode.IDP_TOKEN_NOT_BEARER.name())) {
            return new IdpTokenException(known.kind(DPOP, client.fill(DPOP_FIX)).cause(refused));
        }
        if (known.code().equals(ErrorCode.IDP_TOKEN_OPAQUE.name())) {
            return new IdpTokenException(known.fix(client.fill(OPAQUE)));
        }
        if (known.code().equals(ErrorCode.IDP_CLIENT_REJECTED.name())) {
            return new IdpTokenException(known.fix(client.fill(CLIENT)));
        }
        return refused;
    }

    private static Optional<Row> rowFor(Problem known) {
        String error = known.oauthError().orElse("");
        String words = known.serverSaid().orElse("");
        int status = known.httpStatus().orElse(0);
        if (status >= 500) {
            // What a failing server or the gateway before it says is no verdict on the request.
            return Optional.empty();
        }
        if (status == 400 && error.equals("server_error")) {
            return CLAIMS.find("", words);
        }
        return known.retryable() ? PASSING_ROWS.find(error, words) : ROWS.find(error, words);
    }
}
