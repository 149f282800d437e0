// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.SafeText;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The single steps on one owner's policies, each within a deadline that may be shared with others. Thread-safe. */
final class PolicyCrud {
    private final PolicyCalls calls;
    private final PolicyOwner owner;
    private final Optional<String> accountId;

    /** The path, once it is known: a service principal's numeric id never changes. Two threads may each look it up. */
    private volatile @Nullable PolicyCollection collection;

    PolicyCrud(PolicyCalls calls, PolicyOwner owner, Optional<String> accountId) {
        this.calls = calls;
        this.owner = owner;
        this.accountId = accountId;
    }

    PolicyCalls calls() {
        return calls;
    }

    PolicyOwner owner() {
        return owner;
    }

    Optional<String> accountId() {
        return accountId;
    }

    PolicyContent content(FederationPolicy policy) {
        return new PolicyContent(policy, accountId.orElse(""));
    }

    long numericId(CallDeadline deadline) {
        return owner.numericId().isPresent()
                ? owner.numericId().getAsLong()
                : new PrincipalLookup(calls, accountId.orElseThrow()).numericId(owner, deadline);
    }

    PolicyPages pages(Supplier<CallDeadline> deadline) {
        return new PolicyPages(calls, collection(deadline.get()), deadline);
    }

    Optional<StoredPolicy> get(String id, CallDeadline deadline) {
        ApiRequest request = collection(deadline).get(id);
        try {
            return Optional.of(stored(request, calls.send(request, deadline), Optional.of(id)));
        } catch (PolicyException e) {
            return absent(e, Optional.empty());
        }
    }

    StoredPolicy create(DesiredPolicy desired, CallDeadline deadline) {
        ApiRequest request = collection(deadline).create(desired);
        StoredPolicy created = stored(request, calls.send(request, deadline), desired.id());
        return saying(desired, created, PolicyField.ofPolicy(), request);
    }

    StoredPolicy update(DesiredPolicy desired, Set<PolicyField> fields, CallDeadline deadline) {
        PolicyCollection here = collection(deadline);
        String id = desired.id().orElseThrow();
        if (!here.canUpdate()) {
            throw PolicyErrorCode.POLICY_UPDATE_UNSUPPORTED.exception(
                    "policy " + id + " of " + owner + " says something else: " + PolicyField.mask(fields));
        }
        ApiRequest request = here.update(id, desired, fields);
        StoredPolicy updated = stored(request, calls.send(request, deadline), desired.id());
        return saying(desired, updated, fields, request);
    }

    boolean delete(String id, CallDeadline deadline) {
        try {
            calls.send(collection(deadline).delete(id), deadline);
            return true;
        } catch (PolicyException e) {
            return absent(e, false);
        }
    }

    private PolicyCollection collection(CallDeadline deadline) {
        PolicyCollection known = collection;
        if (known == null) {
            known = switch (owner.kind()) {
                case SERVICE_PRINCIPAL ->
                    PolicyCollection.ofServicePrincipal(owner, accountId.orElseThrow(), numericId(deadline));
                case ACCOUNT -> PolicyCollection.ofAccount(accountId.orElseThrow());
                case RECIPIENT -> PolicyCollection.ofRecipient(owner);
            };
            collection = known;
        }
        return known;
    }

    private StoredPolicy stored(ApiRequest request, JsonNode reply, Optional<String> id) {
        StoredPolicy stored =
                StoredPolicy.of(reply).orElseThrow(() -> calls.unreadable(request, "the reply names no policy"));
        if (id.isPresent() && !id.get().equals(stored.id())) {
            throw calls.unreadable(request, "the reply is about another policy, '" + SafeText.of(stored.id()) + "'");
        }
        return stored;
    }

    /** A status of 200 says that something was stored; only the reply says that it was this. */
    private StoredPolicy saying(
            DesiredPolicy desired, StoredPolicy stored, Set<PolicyField> written, ApiRequest request) {
        Set<PolicyField> other = EnumSet.noneOf(PolicyField.class);
        other.addAll(stored.readable()
                .map(policy -> content(desired.policy()).differing(content(policy)))
                .orElse(PolicyField.ofPolicy()));
        other.retainAll(written);
        if (other.isEmpty()) {
            return stored;
        }
        throw calls.unreadable(request, "the reply says something else than was sent: " + PolicyField.mask(other));
    }

    private static <T> T absent(PolicyException failure, T absent) {
        if (PolicyErrorCode.POLICY_NOT_FOUND.is(failure)) {
            return absent;
        }
        throw failure;
    }
}
