// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.Problem;

/**
 * What a check found to be wrong, for an operator.
 *
 * @param code the stable name of what is wrong, as on the errors page: {@code NO_FEDERATION_POLICY}
 * @param cause what was asked, of whom, and what came back; no token, no secret
 * @param fix one sentence an operator can act on
 * @param paste what to paste to mend it, such as a federation policy; empty where there is nothing to paste
 */
public record Finding(String code, String cause, String fix, String paste) {
    /**
     * Checks that all parts are there.
     *
     * @param code what is wrong
     * @param cause what came back
     * @param fix what to do
     * @param paste what to paste, or the empty string
     */
    public Finding {
        requireNonNull(code, "code");
        requireNonNull(cause, "cause");
        requireNonNull(fix, "fix");
        requireNonNull(paste, "paste");
    }

    static Finding of(Problem problem) {
        String said = problem.oauthError()
                .map(error ->
                        problem.serverSaid().map(words -> error + ": " + words).orElse(error))
                .or(problem::serverSaid)
                .map(words -> "; the server said: " + words)
                .orElse("");
        String ticket =
                problem.requestId().map(id -> " [request id " + id + "]").orElse("");
        return new Finding(problem.code(), problem.message() + said + ticket, problem.fix(), "");
    }

    Finding withPaste(String text) {
        return new Finding(code, cause, fix, text);
    }
}
