// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads pieces of content; what lacks something its kind must have is kept as unknown, in the server's own text. */
final class ContentReader {
    private ContentReader() {}

    /** The pieces of a list, on whose first token the parser stands; none if it is no list. */
    static List<Content> list(JsonParser json, Slice message) throws IOException {
        List<Content> content = new ArrayList<>(1);
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return content;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            content.add(piece(json, message));
        }
        return content;
    }

    private static Content piece(JsonParser json, Slice message) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return new UnknownContent("", Json.skip(json, message).text());
        }
        long from = json.currentTokenLocation().getByteOffset();
        String type = "";
        String text = null;
        boolean plain = true;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            boolean aText = json.nextToken() == JsonToken.VALUE_STRING;
            if (aText && name.equals("type")) {
                type = json.getText();
            } else if (aText && name.equals("text")) {
                text = json.getText();
            } else {
                plain = false;
                json.skipChildren();
            }
        }
        // By far the most there is; whatever else, or more, is read at leisure.
        if (plain && type.equals("text") && text != null) {
            return new TextContent(text);
        }
        Slice raw = Json.slice(message, from, json.currentLocation().getByteOffset());
        return read(Json.read(raw), raw);
    }

    /** The messages of a conversation, on whose first token the parser stands; none if it is no list. */
    static List<PromptMessage> messages(JsonParser json, Slice text) throws IOException {
        List<PromptMessage> messages = new ArrayList<>();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return messages;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            messages.add(message(Json.skip(json, text)));
        }
        return messages;
    }

    /** Of one with several pieces, all as one unknown piece. */
    private static PromptMessage message(Slice raw) throws IOException {
        JsonNode message = Json.read(raw);
        Slice content = Members.of(raw).raw("content");
        return new PromptMessage(text(message, "role"), read(message.path("content"), content));
    }

    static Content read(JsonNode node, Slice raw) {
        String type = text(node, "type");
        Content content = switch (type) {
            case "text" -> node.path("text").isTextual() ? new TextContent(text(node, "text")) : null;
            case "image" -> hasBytes(node) ? new ImageContent(text(node, "data"), text(node, "mimeType")) : null;
            case "audio" -> hasBytes(node) ? new AudioContent(text(node, "data"), text(node, "mimeType")) : null;
            case "resource_link" -> link(node);
            case "resource" -> embedded(node.path("resource"));
            default -> null;
        };
        return content == null ? new UnknownContent(type, raw.text()) : content;
    }

    private static @Nullable Content link(JsonNode node) {
        if (!node.path("uri").isTextual()) {
            return null;
        }
        return new ResourceLink(
                text(node, "uri"), text(node, "name"), text(node, "description"), text(node, "mimeType"));
    }

    /** One of the pieces a resource is read as. */
    static EmbeddedResource piece(Slice raw) throws IOException {
        JsonNode json = Json.read(raw);
        EmbeddedResource known = embedded(json);
        return known == null
                ? new EmbeddedResource(
                        text(json, "uri"), text(json, "mimeType"), text(json, "text"), text(json, "blob"), raw.text())
                : known;
    }

    private static @Nullable EmbeddedResource embedded(JsonNode resource) {
        boolean readable =
                resource.path("text").isTextual() || resource.path("blob").isTextual();
        if (!readable || !resource.path("uri").isTextual()) {
            return null;
        }
        return new EmbeddedResource(
                text(resource, "uri"), text(resource, "mimeType"), text(resource, "text"), text(resource, "blob"));
    }

    private static boolean hasBytes(JsonNode node) {
        return node.path("data").isTextual() && node.path("mimeType").isTextual();
    }

    /** Empty if it is missing or no text. */
    static String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : "";
    }
}
