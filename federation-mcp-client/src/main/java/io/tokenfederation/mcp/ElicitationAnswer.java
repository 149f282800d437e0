// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the person said to an {@link Elicitation}.
 *
 * <p>Immutable.
 */
public final class ElicitationAnswer {
    private final String action;
    private final @Nullable Slice content;

    private ElicitationAnswer(String action, @Nullable Slice content) {
        this.action = action;
        this.content = content;
    }

    /**
     * The person filled in the form.
     *
     * @param content the fields: strings, numbers, booleans, lists of strings
     * @return the answer
     * @throws IllegalArgumentException if it cannot be written as JSON
     */
    public static ElicitationAnswer accept(Map<String, ?> content) {
        return new ElicitationAnswer("accept", Slice.of(Binding.arguments(content)));
    }

    /** {@return the person agreed to visit the page} */
    public static ElicitationAnswer accept() {
        return new ElicitationAnswer("accept", null);
    }

    /** {@return the person said no} */
    public static ElicitationAnswer decline() {
        return new ElicitationAnswer("decline", null);
    }

    /** {@return the person went away} */
    public static ElicitationAnswer cancel() {
        return new ElicitationAnswer("cancel", null);
    }

    Slice json() {
        Slice answer = Slice.of("{\"action\":\"" + action + "\"}");
        return content == null ? answer : JsonRpc.with(answer, "content", content);
    }

    /** {@return what was done; not what was filled in} */
    @Override
    public String toString() {
        return "ElicitationAnswer[" + action + "]";
    }
}
