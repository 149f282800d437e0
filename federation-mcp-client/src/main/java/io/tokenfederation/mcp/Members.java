// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The members of a JSON object in the server's own text, in its order, so that a schema comes back byte for byte. */
record Members(Map<String, Slice> byName) {
    private static final Slice NONE = Slice.of("");

    static Members of(Slice object) throws IOException {
        Map<String, Slice> members = new LinkedHashMap<>();
        try (JsonParser json = Json.parser(object)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                members.put(name, Json.skip(json, object));
            }
        }
        return new Members(members);
    }

    /** Read; missing if it is not there. */
    JsonNode value(String name) throws IOException {
        Slice member = byName.get(name);
        return member == null ? MissingNode.getInstance() : Json.read(member);
    }

    /** As the server wrote it; of no length if it is not there. */
    Slice raw(String name) {
        return byName.getOrDefault(name, NONE);
    }

    /** As the server wrote it; empty if it is not there. */
    String text(String name) {
        return raw(name).text();
    }

    /** {@return how many; not which, nor what they hold} */
    @Override
    public String toString() {
        return "Members[" + byName.size() + "]";
    }
}
