// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static io.tokenfederation.internal.RefusalTable.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.RefusalTable;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells the refusals of the identity endpoints apart.
 *
 * @param endpoint which one was asked
 * @param identity which identity was meant, for messages
 * @param resource what the token was to be for
 */
record IdentityRefusals(IdentityEndpoint endpoint, String identity, String resource) {
    private static final String FOREIGN = "ENTRA_METADATA_FOREIGN";
    private static final String FOREIGN_FIX =
            "Run this on Azure, and elsewhere use EntraTokenSource with a secret, a certificate or a federated credential; on"
                    + " Azure, find out what answers at that address: a proxy, a firewall or another agent.";
    private static final String NOT_FOUND = "ENTRA_IDENTITY_NOT_FOUND";
    private static final String NOT_FOUND_FIX =
            "Switch on the system-assigned identity of this host, or assign to it %1$s"
                    + " (Identity > User assigned), and restart it.";

    /** In a fix, 1 is the identity. The words are compared in lower case. */
    private static final RefusalTable ROWS = new RefusalTable(List.of(
            row(
                    "multiple user assigned identities",
                    "ENTRA_IDENTITY_AMBIGUOUS",
                    "Say which of the identities of this host is meant: clientId(...), objectId(...) or resourceId(...)."),
            row("identity not found", NOT_FOUND, NOT_FOUND_FIX),
            row("no msi found", NOT_FOUND, NOT_FOUND_FIX),
            row("no managed identity was found", NOT_FOUND, NOT_FOUND_FIX),
            row("no user assigned or delegated managed identity found", NOT_FOUND, NOT_FOUND_FIX),
            row("unable to load the proper managed identity", NOT_FOUND, NOT_FOUND_FIX)));

    IdpTokenException explain(HttpReply reply) {
        ErrorReply said = ErrorReply.of(reply, endpoint.secrets());
        ErrorCode code = code(reply.status());
        boolean ours = endpoint.couldSay(reply, said.json());
        String who = ours ? endpoint.title() : "what is not Azure's instance metadata service, but at its address,";
        Problem plain = Problem.of(
                        code,
                        who + " answered " + reply.status() + " to the request for a token of " + identity + " for '"
                                + resource + "'")
                .httpStatus(reply.status());
        Problem problem = said.error().isEmpty()
                ? plain.serverSaid(SafeText.of(said.description()))
                : plain.oauthError(SafeText.of(said.error()), SafeText.of(said.description()));
        problem = reply.header("x-ms-request-id")
                .map(SafeText::of)
                .map(problem::requestId)
                .orElse(problem);
        problem = RetryAfter.of(reply.status(), reply.headers(), Instant.now())
                .map(problem::retryAfter)
                .orElse(problem);
        return exact(problem, said.description().toLowerCase(Locale.ROOT), ours);
    }

    private IdpTokenException exact(Problem known, String words, boolean ours) {
        Optional<RefusalTable.Row> row = ROWS.find("", words);
        if (row.isPresent() && !known.retryable()) {
            return new IdpTokenException(known.kind(row.get().code(), row.get().fix(identity)));
        }
        if (!ours) {
            return new IdpTokenException(known.kind(FOREIGN, FOREIGN_FIX).retryable(false));
        }
        EntraRefusals ofEntra = new EntraRefusals("of this host", identity, resource, "its cloud");
        return ofEntra.explain(new IdpTokenException(known), Optional.empty());
    }

    /** 404 and 410 while the service is updated, which can take 70 seconds, as its documentation says. */
    private static ErrorCode code(int status) {
        if (status == 429) {
            return ErrorCode.IDP_RATE_LIMITED;
        }
        return status == 404 || status == 410 || status >= 500 ? ErrorCode.IDP_UNAVAILABLE : ErrorCode.IDP_REFUSED;
    }
}
