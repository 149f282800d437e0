// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All policies of one owner, page by page as they are asked for; a server that leads in circles is left. */
final class PolicyPages implements Iterator<StoredPolicy> {
    private final PolicyCalls calls;
    private final Supplier<CallDeadline> deadline;
    private final PolicyCollection collection;
    private final Deque<StoredPolicy> page = new ArrayDeque<>();
    private final Set<String> tokens = new HashSet<>();
    private Optional<String> next = Optional.empty();
    private boolean last;

    /** The supplier gives each page its deadline: a new one, or the same for all. */
    PolicyPages(PolicyCalls calls, PolicyCollection collection, Supplier<CallDeadline> deadline) {
        this.calls = calls;
        this.collection = collection;
        this.deadline = deadline;
    }

    @Override
    public boolean hasNext() {
        // A page may be empty and still lead to another.
        while (page.isEmpty() && !last) {
            fetch();
        }
        return !page.isEmpty();
    }

    @Override
    public StoredPolicy next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more policies");
        }
        return page.remove();
    }

    private void fetch() {
        ApiRequest request = collection.list(next);
        JsonNode reply = calls.send(request, deadline.get());
        JsonNode policies = reply.path("policies");
        if (!policies.isArray() && !policies.isMissingNode() && !policies.isNull()) {
            throw calls.unreadable(request, "its policies are no list");
        }
        for (JsonNode policy : policies) {
            page.add(StoredPolicy.of(policy)
                    .orElseThrow(() -> calls.unreadable(request, "a policy has neither id nor name")));
        }
        next = Optional.of(reply.path("next_page_token").asText()).filter(token -> !token.isEmpty());
        last = next.isEmpty();
        if (!last && !tokens.add(next.get())) {
            throw calls.unreadable(request, "the pages lead in a circle: a page token came twice");
        }
    }
}
