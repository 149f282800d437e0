// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a query succeeds and gives the rows of another role: by whom it ran, and which groups the row filter sees. */
final class RowFilterCheck {
    private RowFilterCheck() {}

    /**
     * Compares what SQL says with what the role is.
     *
     * @param principal the role's service principal
     * @param currentUser what {@code current_user()} gave
     * @param groups what the functions said of each group that row filters look at
     * @return what is wrong; empty if identity and groups are right
     */
    static List<Problem> of(ServicePrincipal principal, String currentUser, List<Membership> groups) {
        if (!currentUser.equalsIgnoreCase(principal.toString())) {
            return List.of(wrong("current_user() is '" + SafeText.of(currentUser)
                            + "', the role's service principal is '" + principal + "'")
                    .fix("Send the token of '" + principal
                            + "' with this role's queries, and keep no connection that was" + " opened for '"
                            + SafeText.of(currentUser) + "'."));
        }
        List<Problem> found = new ArrayList<>();
        groups.forEach(group -> of(principal, group).ifPresent(found::add));
        return List.copyOf(found);
    }

    private static Optional<Problem> of(ServicePrincipal principal, Membership asked) {
        String group = SafeText.of(asked.group());
        if (asked.isMember() && asked.isAccountGroupMember()) {
            return Optional.empty();
        }
        if (asked.isAccountGroupMember()) {
            return Optional.of(
                    wrong("is_member('" + group + "') is false, is_account_group_member('" + group + "') is true")
                            .fix("'" + group + "' is a group of the account: use is_account_group_member('" + group
                                    + "') in the row filter, as is_member knows groups of the workspace only."));
        }
        if (asked.isMember()) {
            return Optional.of(
                    wrong("is_member('" + group + "') is true, is_account_group_member('" + group + "') is false")
                            .fix("'" + group + "' is a group of the workspace: use is_member('" + group
                                    + "') in the row filter, or make it a group of the account."));
        }
        return Optional.of(wrong(principal + " is not in the group '" + group + "'")
                .fix("Add the service principal '" + principal + "' to the group '" + group
                        + "' (account console > User management > Groups)."));
    }

    private static Problem wrong(String message) {
        return Problem.of(ErrorCode.WRONG_ROW_FILTER, message);
    }
}
