// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A reply whose status is no success: what it means. */
final class ApiRefusal {
    /** No code for it is on record. The sentence of the documentation; enough even where the rate could be meant. */
    private static final Pattern MOST = Pattern.compile("maximum (number )?of \\d+ ([a-z]+ ){0,5}polic(y|ies)");

    /** The same with the number behind; a limit of what one policy says, such as its length, must not look so. */
    private static final Pattern MOST_BEHIND =
            Pattern.compile("maximum (number )?of ([a-z]+ ){0,5}policies\\b[^.;]*\\d");

    /** Databricks' own errors for a path at which nothing answers, or not for this account. */
    private static final Set<String> NO_API = Set.of("", "ENDPOINT_NOT_FOUND", "FEATURE_DISABLED");

    private static final Set<String> TAKEN =
            Set.of("ALREADY_EXISTS", "RESOURCE_ALREADY_EXISTS", "RESOURCE_CONFLICT", "RECIPIENT_ALREADY_EXISTS");

    private final ApiRequest request;
    private final String asked;
    private final HttpReply reply;
    private final ErrorReply said;
    private final String words;

    ApiRefusal(ApiRequest request, String asked, HttpReply reply, DatabricksToken token) {
        this.request = request;
        this.asked = asked;
        this.reply = reply;
        this.said = ErrorReply.of(reply, Set.of(token.value()));
        this.words = said.description().toLowerCase(Locale.ROOT);
    }

    /** The end of a call whose token was refused; the rest says why no other was tried, or that one was. */
    PolicyException tokenRejected(String rest) {
        return described(
                Problem.of(ErrorCode.TOKEN_REJECTED, asked + ": the token was refused" + rest)
                        .fix(
                                toAccount()
                                        ? "Exchange for the account, by account(url, accountId) of the exchanger's builder, as a"
                                                + " service principal that is an account admin: a workspace's token is not for it."
                                        : "Check that the service principal is assigned to this workspace, and that the URL is its."));
    }

    PolicyException exception() {
        if (reply.status() == 403) {
            return described(Problem.of(ErrorCode.PERMISSION_DENIED, asked + ": refused with status 403")
                    .fix(permission()));
        }
        return described(code().problem(asked + ": refused with status " + reply.status()));
    }

    private PolicyErrorCode code() {
        int status = reply.status();
        if (words.contains("unable to load valid openid configuration")) {
            return PolicyErrorCode.POLICY_ISSUER_UNREACHABLE;
        }
        if (TAKEN.contains(said.error())) {
            return PolicyErrorCode.POLICY_EXISTS;
        }
        if (status < 500 && request.method().equals("POST") && tooMany()) {
            return PolicyErrorCode.POLICY_LIMIT_REACHED;
        }
        if (status == 429) {
            return PolicyErrorCode.POLICY_RATE_LIMITED;
        }
        if (status == 408 || status >= 500) {
            return PolicyErrorCode.POLICY_UNAVAILABLE;
        }
        if (status == 409) {
            return PolicyErrorCode.POLICY_EXISTS;
        }
        if (words.contains("invalid service principal id")) {
            return PolicyErrorCode.SERVICE_PRINCIPAL_NOT_FOUND;
        }
        if (status == 404) {
            return notFound();
        }
        return status == 400 ? PolicyErrorCode.POLICY_INVALID : PolicyErrorCode.POLICY_REQUEST_REFUSED;
    }

    private boolean tooMany() {
        return MOST.matcher(words).find()
                || (reply.status() == 400 && MOST_BEHIND.matcher(words).find());
    }

    private PolicyErrorCode notFound() {
        if (NO_API.contains(said.error())) {
            return PolicyErrorCode.POLICY_API_NOT_FOUND;
        }
        if (request.subject().onePolicy()) {
            return PolicyErrorCode.POLICY_NOT_FOUND;
        }
        if (request.subject().sharing().equals(Optional.of(ApiRequest.Sharing.SHARE))) {
            return PolicyErrorCode.POLICY_SHARE_NOT_FOUND;
        }
        return switch (request.subject().owner().orElse(PolicyOwner.Kind.ACCOUNT)) {
            case SERVICE_PRINCIPAL -> PolicyErrorCode.SERVICE_PRINCIPAL_NOT_FOUND;
            case RECIPIENT -> PolicyErrorCode.POLICY_RECIPIENT_NOT_FOUND;
            case ACCOUNT -> PolicyErrorCode.POLICY_API_NOT_FOUND;
        };
    }

    private boolean toAccount() {
        return !request.subject().owner().equals(Optional.of(PolicyOwner.Kind.RECIPIENT));
    }

    private String permission() {
        if (request.subject().sharing().isPresent()) {
            return request.subject().sharing().get() == ApiRequest.Sharing.SHARE
                    ? "Let the token be a metastore admin's, or of one who owns the share or holds USE SHARE and SET SHARE"
                            + " PERMISSION on the metastore, and who owns the recipient too."
                    : "Let the token be a metastore admin's, or of one with CREATE RECIPIENT on the metastore; what there is,"
                            + " only its owner may change.";
        }
        return toAccount()
                ? "Make whoever the token is for an account admin, in the account console: only account admins may read"
                        + " and write federation policies."
                : "Let the token be a metastore admin's, or that of the recipient's owner.";
    }

    private PolicyException described(Problem problem) {
        String error = SafeText.of(said.error());
        String description = SafeText.of(said.description());
        Problem full = problem.httpStatus(reply.status());
        full = error.isEmpty() ? full.serverSaid(description) : full.oauthError(error, description);
        Optional<Duration> later =
                RetryAfter.of(reply.status(), reply.headers(), Clock.systemUTC().instant());
        full = later.isPresent() ? full.retryAfter(later.get()) : full;
        return new PolicyException(reply.header("x-request-id")
                .map(SafeText::of)
                .map(full::requestId)
                .orElse(full));
    }
}
