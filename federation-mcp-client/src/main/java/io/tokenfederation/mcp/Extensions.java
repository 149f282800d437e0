// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which extensions of the protocol one side has (2026-07-28, "Extensions: Negotiation"). Immutable.
 *
 * @param settings what it says of each, a JSON object, by the extension's identifier
 */
record Extensions(Map<String, String> settings) {
    static final Extensions NONE = new Extensions(Map.of());

    /** As a name in {@code _meta}, but never without the prefix ("Basic: _meta", "Extensions"). */
    private static final Pattern IDENTIFIER =
            Pattern.compile("[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
                    + "/[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

    private static final int LONGEST = 200;

    /** To a client that declares it, a server may answer a tool's call with something else than the tool's result. */
    private static final String TASKS = "io.modelcontextprotocol/tasks";

    Extensions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Those of a server, by its capabilities. */
    static Extensions in(String capabilities) {
        Map<String, String> found = new LinkedHashMap<>();
        try {
            Slice extensions = Members.of(Slice.of(capabilities)).byName().get("extensions");
            Members.of(extensions == null ? Slice.of("{}") : extensions)
                    .byName()
                    .forEach((id, json) -> {
                        if (json.text().startsWith("{")) {
                            found.put(id, json.text());
                        }
                    });
        } catch (IOException e) {
            return NONE;
        }
        return new Extensions(found);
    }

    Extensions with(String id, Map<String, ?> itsSettings) {
        if (id.length() > LONGEST || !IDENTIFIER.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "an extension's identifier is prefix/name, such as io.modelcontextprotocol/skills; this is '"
                            + SafeText.of(id) + "'");
        }
        if (id.equals(TASKS)) {
            throw new IllegalArgumentException("this client runs no tasks: to one that declares " + TASKS
                    + ", a server may answer a tool's call with a task instead of its result");
        }
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(id, new String(Binding.arguments(itsSettings), StandardCharsets.UTF_8));
        return new Extensions(all);
    }

    void addTo(ObjectNode capabilities) {
        if (!settings.isEmpty()) {
            ObjectNode extensions = capabilities.putObject("extensions");
            settings.forEach((id, json) -> extensions.putRawValue(id, new RawValue(json)));
        }
    }

    /** {@return which; not their settings} */
    @Override
    public String toString() {
        return "Extensions" + settings.keySet();
    }
}
