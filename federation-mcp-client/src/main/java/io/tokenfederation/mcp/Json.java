// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The JSON of the protocol, no digit lost. What the application's own types are written as, {@link Binding} decides. */
final class Json {
    /** How long a text may be, the size of a message says. */
    private static final JsonFactory FACTORY = new FieldParser.Factory((JsonFactoryBuilder) JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build()));

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader WHOLE =
            MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).forType(JsonNode.class);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonParser parser(Slice text) throws IOException {
        return MAPPER.getFactory().createParser(text.bytes(), text.from(), text.length());
    }

    /** The value on whose first token the parser stands; the next token is the one behind it. */
    static JsonNode tree(JsonParser json) throws IOException {
        return MAPPER.readTree(json);
    }

    /** Whether the value is {@code true}; what is no truth at all is false. */
    static boolean truth(JsonParser json) throws IOException {
        boolean truth = json.getValueAsBoolean();
        json.skipChildren();
        return truth;
    }

    static JsonNode read(Slice text) throws IOException {
        try {
            return WHOLE.readTree(text.bytes(), text.from(), text.length());
        } catch (JsonProcessingException e) {
            // Its message quotes the reply; the place is enough.
            throw notJson(e);
        } catch (NumberFormatException e) {
            throw noNumber();
        }
    }

    static JsonNode read(String text) throws IOException {
        return read(Slice.of(text));
    }

    /**
     * The value on whose first token the parser stands, unread, in the text the parser reads. Counts bytes, which the
     * parser does for UTF-8 alone; whatever else there is, is no JSON-RPC.
     */
    static Slice skip(JsonParser json, Slice text) throws IOException {
        long from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        return slice(text, from, json.currentLocation().getByteOffset());
    }

    /** A part of the text a parser reads, by the places the parser has told. */
    static Slice slice(Slice text, long from, long to) throws IOException {
        if (from < 0 || to < from) {
            throw new BadReplyException("the reply is not written in UTF-8");
        }
        return new Slice(text.bytes(), text.from() + (int) from, text.from() + (int) to);
    }

    /** Whether it is one value from first to last. */
    static boolean isWhole(Slice text) {
        try (JsonParser json = parser(text.withoutByteOrderMark())) {
            boolean any = json.nextToken() != null;
            json.skipChildren();
            return any && json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    static BadReplyException notJson(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return new BadReplyException("the reply is not JSON, or is cut off" + place);
    }

    /** Jackson's own exception is no checked one, and quotes the number. */
    static BadReplyException noNumber() {
        return new BadReplyException("the reply holds a number greater than Java can");
    }

    /** A text as JSON. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        if (PlainJson.isPlain(text)) {
            quoted.append(text);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        }
        return quoted.append('"').toString();
    }

    /** What this client itself has made. */
    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this cannot be written as JSON", e);
        }
    }
}
