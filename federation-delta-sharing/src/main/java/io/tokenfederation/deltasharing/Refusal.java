// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer whose status is no success: what it means. Servers say it in JSON of three kinds, or in plain text; the
 * reference server's 401 is plain text, and its 500 is JSON that calls itself plain text.
 */
final class Refusal {
    private static final int MOST_BYTES = 64 * 1024;

    /** How long to wait for the words of a refusal, whose status says enough. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A sharing server says of what it does not find that it does not find it. */
    private static final String NO_SERVER_HERE =
            "Compare the endpoint with the one in the profile: nothing there answers as a sharing server does; if it is the"
                    + " profile's, compare share, schema and table with what the provider named.";

    private final Answer answer;
    private final DatabricksToken token;
    private final String text;
    private final ErrorReply said;

    private Refusal(Answer answer, DatabricksToken token, String text) {
        this.answer = answer;
        this.token = token;
        this.text = text;
        this.said = ErrorReply.of(Addresses.withoutQueries(text.replace(token.value(), "[removed]")));
    }

    static Refusal of(Answer answer, DatabricksToken token, CallDeadline deadline) {
        CallDeadline soon = deadline.allows(PATIENCE) ? CallDeadline.in(PATIENCE) : deadline;
        try (StreamedBody body = answer.body()) {
            return new Refusal(answer, token, new String(body.upTo(MOST_BYTES, soon), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Refusal(answer, token, "");
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(answer.asked(), e);
        }
    }

    boolean deadToken() {
        return token.refusedBy(answer.status(), text);
    }

    /** The end of a call whose token was refused; the rest says why no other was tried, or that one was. */
    SharingException tokenRejected(String rest) {
        return described(Problem.of(
                        ErrorCode.TOKEN_REJECTED,
                        answer.asked() + ": the token was refused" + rest + PresentedClaims.of(token))
                .fix("Compare issuer, audience and subject of the JWT with the recipient's federation policy, character"
                        + " for character; with a bearer token, ask the provider for a new profile."));
    }

    SharingException exception() {
        int status = answer.status();
        if (status == 403) {
            return described(Problem.of(ErrorCode.PERMISSION_DENIED, answer.asked() + ": refused with status 403")
                    .fix("Have the provider grant the recipient the share: GRANT SELECT ON SHARE <share> TO RECIPIENT"
                            + " <recipient>; an access list of IP addresses has to hold this machine's."));
        }
        Problem refused = code(status).problem(answer.asked() + ": refused with status " + status);
        return described(status == 404 && said.error().isEmpty() ? refused.fix(NO_SERVER_HERE) : refused);
    }

    private static SharingErrorCode code(int status) {
        if (status == 404) {
            return SharingErrorCode.SHARING_NOT_FOUND;
        }
        if (status == 429) {
            return SharingErrorCode.SHARING_RATE_LIMITED;
        }
        if (status == 408 || (status >= 500 && status != 501)) {
            return SharingErrorCode.SHARING_UNAVAILABLE;
        }
        return status >= 300 && status < 400
                ? SharingErrorCode.SHARING_MOVED
                : SharingErrorCode.SHARING_REQUEST_REFUSED;
    }

    private SharingException described(Problem problem) {
        String error = SafeText.of(said.error());
        String words = SafeText.of(said.description());
        Problem full = problem.httpStatus(answer.status());
        full = error.isEmpty() ? full.serverSaid(words) : full.oauthError(error, words);
        Optional<Duration> later = RetryAfter.of(
                answer.status(), answer.headers(), Clock.systemUTC().instant());
        full = later.isPresent() ? full.retryAfter(later.get()) : full;
        return new SharingException(answer.headers()
                .firstValue("x-request-id")
                .map(SafeText::of)
                .map(full::requestId)
                .orElse(full));
    }

    @Override
    public String toString() {
        return "Refusal[" + answer + "]";
    }
}
