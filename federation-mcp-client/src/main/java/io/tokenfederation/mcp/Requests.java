// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static io.tokenfederation.mcp.ContentReader.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests about resources, prompts and completion, and how their results are read. */
final class Requests {
    private Requests() {}

    static Request<Page<Resource>> resources() {
        return Request.of(
                "resources/list",
                () -> new Page.Reader<>("resources", raw -> {
                    JsonNode json = named(raw, "uri", "a resource has no URI");
                    return new Resource(
                            text(json, "uri"),
                            text(json, "name"),
                            text(json, "title"),
                            text(json, "description"),
                            text(json, "mimeType"),
                            raw.text());
                }));
    }

    static Request<Page<ResourceTemplate>> resourceTemplates() {
        return Request.of(
                "resources/templates/list",
                () -> new Page.Reader<>("resourceTemplates", raw -> {
                    JsonNode json = named(raw, "uriTemplate", "a resource template has no URI template");
                    return new ResourceTemplate(
                            text(json, "uriTemplate"),
                            text(json, "name"),
                            text(json, "title"),
                            text(json, "description"),
                            text(json, "mimeType"),
                            raw.text());
                }));
    }

    static Request<List<EmbeddedResource>> read(String uri) {
        return Request.of("resources/read", PiecesReader::new).about(uri).with("uri", uri);
    }

    static Request<Page<Prompt>> prompts() {
        return Request.of(
                "prompts/list",
                () -> new Page.Reader<>("prompts", raw -> {
                    JsonNode json = named(raw, "name", "a prompt has no name");
                    List<Prompt.Argument> arguments = new ArrayList<>();
                    json.path("arguments")
                            .forEach(argument -> arguments.add(new Prompt.Argument(
                                    text(argument, "name"),
                                    text(argument, "description"),
                                    argument.path("required").asBoolean())));
                    return new Prompt(
                            text(json, "name"), text(json, "title"), text(json, "description"), arguments, raw.text());
                }));
    }

    static Request<PromptResult> prompt(String name, Map<String, String> arguments) {
        return Request.of("prompts/get", PromptReader::new)
                .about(name)
                .with("name", name)
                .with("arguments", Json.write(arguments));
    }

    /** The reference is to a prompt or a template; what is filled in already helps to suggest the rest. */
    static Request<Completion> complete(
            ObjectNode reference, String argument, String typed, Map<String, String> filledIn) {
        Request<Completion> request = Request.of(
                        "completion/complete",
                        () -> new FieldReader<>("completion", json -> {
                            List<String> values = new ArrayList<>();
                            json.path("values").forEach(value -> values.add(value.asText()));
                            return new Completion(
                                    values,
                                    json.path("total").asInt(),
                                    json.path("hasMore").asBoolean());
                        }))
                .with("ref", Json.write(reference))
                .with("argument", Json.write(Json.object().put("name", argument).put("value", typed)));
        return filledIn.isEmpty() ? request : request.with("context", Json.write(Map.of("arguments", filledIn)));
    }

    static ObjectNode toPrompt(String name) {
        return Json.object().put("type", "ref/prompt").put("name", name);
    }

    static ObjectNode toTemplate(String uriTemplate) {
        return Json.object().put("type", "ref/resource").put("uri", uriTemplate);
    }

    private static JsonNode named(Slice raw, String key, String flaw) throws IOException {
        JsonNode json = Json.read(raw);
        if (!json.path(key).isTextual()) {
            throw new BadReplyException(flaw);
        }
        return json;
    }

    /** A piece of a new kind is kept as it came, so that it does not cost the others. */
    private static final class PiecesReader implements ResultReader<List<EmbeddedResource>> {
        private @Nullable List<EmbeddedResource> pieces;

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            if (!name.equals("contents") || json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            pieces = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                pieces.add(ContentReader.piece(Json.skip(json, message)));
            }
        }

        @Override
        public List<EmbeddedResource> result() throws BadReplyException {
            if (pieces == null) {
                throw new BadReplyException("the result holds no list of contents");
            }
            return List.copyOf(pieces);
        }
    }

    private static final class PromptReader implements ResultReader<PromptResult> {
        private String description = "";
        private List<PromptMessage> messages = List.of();

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            switch (name) {
                case "description" -> description = Json.tree(json).asText("");
                case "messages" -> messages = ContentReader.messages(json, message);
                default -> json.skipChildren();
            }
        }

        @Override
        public PromptResult result() {
            return new PromptResult(description, messages);
        }
    }

    /** Makes something of one field. */
    private interface FromJson<T> {
        T of(JsonNode json) throws IOException;
    }

    /** For results of which one field is all that matters. */
    private static final class FieldReader<T> implements ResultReader<T> {
        private final String field;
        private final FromJson<T> make;
        private @Nullable T made;

        FieldReader(String field, FromJson<T> make) {
            this.field = field;
            this.make = make;
        }

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            if (name.equals(field)) {
                made = make.of(Json.tree(json));
            } else {
                json.skipChildren();
            }
        }

        @Override
        public T result() throws BadReplyException {
            if (made == null) {
                throw new BadReplyException("the result lacks '" + field + "'");
            }
            return made;
        }
    }
}
