// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.policy.FederationPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The stored policies of one owner, in the order of their creation. Thread-safe. */
final class PolicyShelf {
    /** "You can create a maximum of 20 service principal federation policies", and 20 for the account. */
    static final int MOST_POLICIES = 20;

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{2,63}");

    private final int most;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile List<KeptPolicy> kept = List.of();

    PolicyShelf(int most) {
        this.most = most;
    }

    /** What is stored, for the exchange. */
    List<FederationPolicy> policies() {
        return kept.stream().map(policy -> policy.text().policy()).toList();
    }

    List<KeptPolicy> all() {
        return kept;
    }

    Optional<KeptPolicy> find(String id) {
        return kept.stream().filter(policy -> policy.id().equals(id)).findFirst();
    }

    /**
     * Creates a policy; refuses an id that is taken, and one too many. Repeating an identical creation is no error and
     * leaves one policy, unless repeats are to be errors: what a real account answers then is not on record.
     */
    KeptPolicy create(Optional<String> id, PolicyText text, boolean repeatsAreErrors, Instant now) {
        return alone(() -> created(id, text, repeatsAreErrors, now));
    }

    private KeptPolicy created(Optional<String> id, PolicyText text, boolean repeatsAreErrors, Instant now) {
        id.ifPresent(PolicyShelf::requireId);
        Optional<KeptPolicy> same = first(policy -> policy.text().policy().equals(text.policy())
                && id.map(policy.id()::equals).orElse(true));
        if (same.isPresent() && !repeatsAreErrors) {
            return same.get();
        }
        Optional<KeptPolicy> taken = id.flatMap(this::find);
        if (taken.isPresent()) {
            throw DatabricksReplies.alreadyExists(
                    "Federation policy with id '" + taken.get().id() + "' already exists.");
        }
        if (kept.size() >= most) {
            throw DatabricksReplies.tooMany("The maximum number of " + most + " federation policies has been reached.");
        }
        KeptPolicy created =
                KeptPolicy.create(id.orElseGet(() -> UUID.randomUUID().toString()), text, now);
        List<KeptPolicy> more = new ArrayList<>(kept);
        more.add(created);
        kept = List.copyOf(more);
        return created;
    }

    /** Adds a policy of a test's; the same again changes nothing. */
    void add(FederationPolicy policy, Instant now) {
        alone(() -> first(known -> known.text().policy().equals(policy)).orElseGet(() -> {
            if (kept.size() >= most) {
                throw new IllegalStateException("Databricks takes at most " + most + " federation policies here");
            }
            return created(Optional.empty(), PolicyText.of(policy), false, now);
        }));
    }

    KeptPolicy replace(String id, PolicyText text, Instant now) {
        return alone(() -> {
            KeptPolicy changed = find(id).orElseThrow(() -> absent(id)).saying(text, now);
            kept = kept.stream()
                    .map(policy -> policy.id().equals(id) ? changed : policy)
                    .toList();
            return changed;
        });
    }

    void remove(String id) {
        alone(() -> {
            KeptPolicy gone = find(id).orElseThrow(() -> absent(id));
            kept = kept.stream().filter(policy -> !policy.id().equals(id)).toList();
            return gone;
        });
    }

    void clear() {
        alone(() -> kept = List.of());
    }

    private <T> T alone(Supplier<T> work) {
        writing.lock();
        try {
            return work.get();
        } finally {
            writing.unlock();
        }
    }

    static Refusal absent(String id) {
        return DatabricksReplies.notFound("Federation policy with id '" + id + "' does not exist.");
    }

    /** In the words on record, which blame the characters even where it is the length. */
    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw DatabricksReplies.invalidParameter(
                    "Invalid federation policy id: '" + id + "'. Must contain only 0-9, a-z, and hyphen.");
        }
    }

    private Optional<KeptPolicy> first(Predicate<KeptPolicy> wanted) {
        return kept.stream().filter(wanted).findFirst();
    }
}
