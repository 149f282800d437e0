// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.RetryAfter;
import java.time.Instant;

/** What a reply's status says of the server that sent it. */
final class ReplyProblem {
    private ReplyProblem() {}

    /** {@return the failure: that the server is limiting or down, and else what it is otherwise} */
    static IdpTokenException of(HttpReply reply, ErrorCode otherwise, String message) {
        int status = reply.status();
        ErrorCode code = status == 429
                ? ErrorCode.IDP_RATE_LIMITED
                : status >= 500 || status == 408 ? ErrorCode.IDP_UNAVAILABLE : otherwise;
        Problem problem = Problem.of(code, message).httpStatus(status);
        return new IdpTokenException(RetryAfter.of(status, reply.headers(), Instant.now())
                .map(problem::retryAfter)
                .orElse(problem));
    }
}
