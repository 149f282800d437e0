// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads one piece of content; what lacks something its kind must have is kept as unknown. */
final class ContentReader {
    private ContentReader() {}

    static Content read(JsonNode node) {
        String type = node.path("type").asText();
        return switch (type) {
            case "text" -> node.path("text").isTextual() ? new TextContent(text(node, "text")) : unknown(type, node);
            case "image" ->
                hasBytes(node) ? new ImageContent(text(node, "data"), text(node, "mimeType")) : unknown(type, node);
            case "audio" ->
                hasBytes(node) ? new AudioContent(text(node, "data"), text(node, "mimeType")) : unknown(type, node);
            case "resource_link" -> link(node);
            case "resource" -> embedded(node);
            default -> unknown(type, node);
        };
    }

    private static Content link(JsonNode node) {
        if (!node.path("uri").isTextual()) {
            return unknown("resource_link", node);
        }
        return new ResourceLink(
                text(node, "uri"), text(node, "name"), text(node, "description"), text(node, "mimeType"));
    }

    private static Content embedded(JsonNode node) {
        JsonNode resource = node.path("resource");
        boolean readable =
                resource.path("text").isTextual() || resource.path("blob").isTextual();
        if (!readable || !resource.path("uri").isTextual()) {
            return unknown("resource", node);
        }
        return new EmbeddedResource(
                text(resource, "uri"), text(resource, "mimeType"), text(resource, "text"), text(resource, "blob"));
    }

    private static boolean hasBytes(JsonNode node) {
        return node.path("data").isTextual() && node.path("mimeType").isTextual();
    }

    private static Content unknown(String type, JsonNode node) {
        return new UnknownContent(type, node.toString());
    }

    /** Empty if it is missing or no text. */
    private static String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : "";
    }
}
