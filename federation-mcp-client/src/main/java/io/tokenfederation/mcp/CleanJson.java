// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * JSON of a server's, each of whose texts is cleaned where it has to be, and which is otherwise byte for byte as it came.
 * Looks at what a text says, not at how it is written: JSON has many ways to write one.
 */
final class CleanJson {
    private CleanJson() {}

    /** The cleaned JSON; empty if it is none. */
    static String of(String json, UnaryOperator<String> clean) {
        Slice text = Slice.of(json);
        JsonText cleaned = new JsonText(text.length());
        int from = 0;
        try (JsonParser parser = Json.parser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart() || token.isStructEnd()) {
                    continue;
                }
                String said = parser.getText();
                String kept = clean.apply(said);
                if (!kept.equals(said)) {
                    int at = (int) parser.currentTokenLocation().getByteOffset();
                    cleaned.put(new Slice(text.bytes(), from, at)).text(Json.quoted(kept));
                    from = end(text.bytes(), at, said);
                }
            }
        } catch (IOException e) {
            // Nothing rather than what could not be looked through.
            return "";
        }
        return cleaned.put(new Slice(text.bytes(), from, text.to())).slice().text();
    }

    /** Behind a token that begins there. The parser does not tell it of a name: it reads on to the value at once. */
    private static int end(byte[] json, int at, String said) {
        if (json[at] != '"') {
            return at + said.length();
        }
        int end = at + 1;
        while (json[end] != '"') {
            end += json[end] == '\\' ? 2 : 1;
        }
        return end + 1;
    }
}
