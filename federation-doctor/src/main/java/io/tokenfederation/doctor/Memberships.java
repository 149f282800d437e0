// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the two SQL functions answered about the groups of a role, judged by which of the two row filters ask. */
record Memberships(Optional<GroupFunction> function, ServicePrincipal principal) {
    Outcome outcome(List<Membership> found) {
        List<Membership> missing = found.stream().filter(this::isMissing).toList();
        if (!missing.isEmpty()) {
            return new Outcome.Failed(finding(missing));
        }
        // As long as nobody says which function is asked, either may be the right one.
        List<Membership> doubtful = found.stream()
                .filter(one -> function.isEmpty() && one.isMember() != one.isAccountGroupMember())
                .toList();
        return doubtful.isEmpty()
                ? new Outcome.Passed("in " + names(found)
                        + function.map(asked -> ", by " + call(asked)).orElse(""))
                : new Outcome.Warned(finding(doubtful));
    }

    private boolean isMissing(Membership one) {
        return function.map(asked -> asked == GroupFunction.IS_MEMBER ? !one.isMember() : !one.isAccountGroupMember())
                .orElse(!one.isMember() && !one.isAccountGroupMember());
    }

    private Finding finding(List<Membership> wrong) {
        List<Problem> problems = RowFilterCheck.of(principal, principal.toString(), wrong);
        String hint = function.isPresent()
                ? ""
                : " To have this checked exactly, say what row filters call by " + Variable.GROUP_FUNCTION + ".";
        return new Finding(
                problems.get(0).code(),
                problems.stream().map(Problem::message).collect(Collectors.joining("; ")),
                problems.stream().map(Problem::fix).collect(Collectors.joining(" ")) + hint,
                "");
    }

    private static String call(GroupFunction function) {
        return function == GroupFunction.IS_MEMBER ? "is_member()" : "is_account_group_member()";
    }

    private static String names(List<Membership> found) {
        return found.stream().map(Membership::group).collect(Collectors.joining(", "));
    }
}
