// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.policy.Ensured.Outcome;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a policy is there; for one call of one thread.
 *
 * <ol>
 *   <li>Look: by the id where one is given, else among all policies for one that says the same.
 *   <li>Found, and it says the same: done. It says something else under the given id: change what differs.
 *   <li>Not found: create it, always under an id, given or made from the content.
 *   <li>Somebody else was faster (the id is taken), or the answer was lost: nobody knows what is stored, so look again,
 *       now by the id. Since the id is the same, no second creation can lead to a second policy.
 * </ol>
 */
final class Ensuring {
    /** With their pauses 7.75 seconds: reads were seen to lag behind writes for 7.6. */
    private static final int ROUNDS = 6;

    /** "You can create a maximum of 20 service principal federation policies", and 20 for the account. */
    private static final int MOST_POLICIES = 20;

    private final PolicyCrud crud;
    private final DesiredPolicy asked;
    private final DesiredPolicy desired;
    private final CallDeadline deadline;

    /** What a request of ours did, if its answer had not been lost. */
    private @Nullable Outcome maybeDone;

    private Set<PolicyField> maybeChanged = Set.of();

    private int seen;

    Ensuring(PolicyCrud crud, DesiredPolicy asked, CallDeadline deadline) {
        this.crud = crud;
        this.asked = asked;
        this.desired = asked.id().isPresent() ? asked : asked.withId(PolicyId.of(crud.content(asked.policy())));
        this.deadline = deadline;
    }

    Ensured run() {
        Optional<StoredPolicy> found = look();
        for (int round = 1; ; round++) {
            try {
                return found.isPresent() ? settle(found.get()) : created();
            } catch (PolicyException e) {
                if (round == ROUNDS || !isUnclear(e) || !crud.calls().waited(round, e, deadline)) {
                    throw e;
                }
                found = crud.get(desired.id().orElseThrow(), deadline);
            }
        }
    }

    private Optional<StoredPolicy> look() {
        if (asked.id().isPresent()) {
            return crud.get(asked.id().get(), deadline);
        }
        PolicyPages all = crud.pages(() -> deadline);
        while (all.hasNext()) {
            StoredPolicy policy = all.next();
            seen++;
            if (saysTheSame(policy)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    private Ensured settle(StoredPolicy found) {
        Set<PolicyField> differing = differing(found);
        if (differing.isEmpty()) {
            return new Ensured(maybeDone == null ? Outcome.UNCHANGED : maybeDone, found, maybeChanged);
        }
        if (asked.id().isEmpty()) {
            throw PolicyErrorCode.POLICY_EXISTS.exception("policy " + found.id() + " of " + crud.owner()
                    + " has the id that was made from this policy's content, and says something else: somebody changed"
                    + " it, and it is left as it is");
        }
        maybeDone = Outcome.UPDATED;
        maybeChanged = differing;
        StoredPolicy updated = crud.update(desired, differing, deadline);
        return new Ensured(Outcome.UPDATED, updated, differing);
    }

    private Ensured created() {
        try {
            return new Ensured(Outcome.CREATED, crud.create(desired, deadline), Set.of());
        } catch (PolicyException e) {
            if (mayHaveBeenDone(e)) {
                maybeDone = Outcome.CREATED;
                maybeChanged = Set.of();
            }
            throw seen >= MOST_POLICIES && PolicyErrorCode.POLICY_INVALID.is(e) ? maybeTooMany(e) : e;
        }
    }

    /** A hint and no more: the words may be about anything else in the policy. */
    private PolicyException maybeTooMany(PolicyException e) {
        return new PolicyException(e.problem()
                .fix(e.fix() + " " + crud.owner() + " has " + seen + " policies, and Databricks takes " + MOST_POLICIES
                        + ": if it names no part, delete one that nobody uses."));
    }

    private Set<PolicyField> differing(StoredPolicy stored) {
        Set<PolicyField> differing = stored.readable()
                .map(policy -> crud.content(asked.policy()).differing(crud.content(policy)))
                .orElse(PolicyField.ofPolicy());
        boolean otherWords = asked.id().isPresent()
                && asked.description()
                        .filter(words -> !words.equals(stored.description()))
                        .isPresent();
        Set<PolicyField> all = EnumSet.noneOf(PolicyField.class);
        all.addAll(differing);
        if (otherWords) {
            all.add(PolicyField.DESCRIPTION);
        }
        return all;
    }

    private boolean saysTheSame(StoredPolicy stored) {
        return stored.readable()
                .map(policy -> crud.content(asked.policy()).differing(crud.content(policy)))
                .filter(Set::isEmpty)
                .isPresent();
    }

    /** What is stored is not known, but can be found out. */
    private boolean isUnclear(PolicyException e) {
        boolean faster = maybeDone != Outcome.UPDATED
                && PolicyErrorCode.POLICY_EXISTS.is(e)
                && e.httpStatus().isPresent();
        return faster || PolicyErrorCode.POLICY_NOT_FOUND.is(e) || mayHaveBeenDone(e);
    }

    private static boolean mayHaveBeenDone(PolicyException e) {
        return PolicyErrorCode.POLICY_ANSWER_LOST.is(e)
                || PolicyErrorCode.POLICY_TIMED_OUT.is(e)
                || PolicyErrorCode.POLICY_UNAVAILABLE.is(e)
                || PolicyErrorCode.POLICY_REPLY_UNREADABLE.is(e);
    }
}
