// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server's question to the person behind a call: a form to fill in, or a page to visit.
 *
 * @param message what to show the person
 * @param requestedSchema the form: a flat JSON Schema, as the server wrote it; empty if it is a page
 * @param url the page; empty if it is a form. Show it whole and ask before you open it: the server chose it
 * @param defaults what the form's fields hold until somebody changes them
 */
public record Elicitation(String message, String requestedSchema, String url, Map<String, Object> defaults) {
    /**
     * Checks that nothing is missing.
     *
     * @param message what to show the person
     * @param requestedSchema the form
     * @param url the page
     * @param defaults what the fields hold
     */
    public Elicitation {
        requireNonNull(message, "message");
        requireNonNull(requestedSchema, "requestedSchema");
        requireNonNull(url, "url");
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }

    /** {@return what kind of question it is; not what it says} */
    @Override
    public String toString() {
        return "Elicitation[" + (url.isEmpty() ? "form" : "page") + "]";
    }
}
