// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.DeadToken;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.SafeText;

/** What it means that a workspace refuses a token it was just given in an exchange. */
final class ApiRefusal {
    private ApiRefusal() {}

    /**
     * Explains a refusal.
     *
     * @param asked what was refused
     * @param principal whose token was sent
     * @param status the HTTP status, 400, 401 or 403
     * @param body the reply's body; nothing of it is shown but its error code and message, scrubbed
     * @return the refusal, its code and its fix
     */
    static Problem of(Asked asked, ServicePrincipal principal, int status, String body) {
        ErrorReply said = ErrorReply.of(body);
        Problem problem = explained(asked, principal, status, body).httpStatus(status);
        String words = SafeText.of(said.description());
        return said.error().isEmpty()
                ? problem.serverSaid(words)
                : problem.oauthError(SafeText.of(said.error()), words);
    }

    private static Problem explained(Asked asked, ServicePrincipal principal, int status, String body) {
        String refused = asked.what() + " refused the token of " + principal + " with status " + status;
        // By its words alone: where nobody is let in, 401 says nothing about the token.
        boolean saysDead = DeadToken.refused(status == 401 ? 403 : status, body);
        if (asked.equals(Asked.ME) && !saysDead) {
            return DoctorCode.WORKSPACE_NOT_ASSIGNED
                    .problem(refused + ", though the exchange succeeded")
                    .fix(
                            "Add the service principal '" + principal
                                    + "' to this workspace: account console > Workspaces > the"
                                    + " workspace > Permissions; it must be a service principal of the account, not of one workspace.");
        }
        if (saysDead || status == 401) {
            return Problem.of(ErrorCode.TOKEN_REJECTED, refused);
        }
        return Problem.of(ErrorCode.PERMISSION_DENIED, refused)
                .fix("Federation works; the service principal '" + principal + "' lacks " + asked.lacking() + " on "
                        + asked.what() + ": grant it to the service principal or to its group.");
    }
}
