// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what servers ask, the same in both eras: with what the application gave for it, and with nothing else. Immutable.
 *
 * @param elicitation asks the person; null if the application does not
 * @param sampling asks a language model; null if the application does not
 * @param roots says where the application works; null if it does not
 * @param attended whether there is a thread that hears of it when a handler throws
 */
record Questions(
        @Nullable Function<? super Elicitation, ElicitationAnswer> elicitation,
        @Nullable Function<? super SamplingRequest, SamplingAnswer> sampling,
        @Nullable Supplier<? extends List<Root>> roots,
        boolean attended) {
    static final Questions NONE = new Questions(null, null, null, true);

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    Questions elicitation(Function<? super Elicitation, ElicitationAnswer> handler) {
        return new Questions(handler, sampling, roots, attended);
    }

    Questions sampling(Function<? super SamplingRequest, SamplingAnswer> handler) {
        return new Questions(elicitation, handler, roots, attended);
    }

    Questions roots(Supplier<? extends List<Root>> handler) {
        return new Questions(elicitation, sampling, handler, attended);
    }

    Questions unattended() {
        return new Questions(elicitation, sampling, roots, false);
    }

    boolean any() {
        return elicitation != null || sampling != null || roots != null;
    }

    /** What a server may ask for, as {@code initialize} and {@code _meta} say it. */
    ObjectNode capabilities() {
        ObjectNode capabilities = Json.object();
        if (elicitation != null) {
            ObjectNode modes = capabilities.putObject("elicitation");
            modes.putObject("form");
            modes.putObject("url");
        }
        if (sampling != null) {
            capabilities.putObject("sampling");
        }
        if (roots != null) {
            capabilities.putObject("roots");
        }
        return capabilities;
    }

    /** What a server's request is answered with, as a JSON-RPC message. */
    Slice reply(Message.Request<?> asked) throws IOException {
        if (asked.method().equals("ping")) {
            return JsonRpc.result(asked.id(), Slice.of("{}"));
        }
        try {
            return answer(asked.method(), asked.params())
                    .map(result -> JsonRpc.result(asked.id(), result))
                    .orElseGet(() ->
                            JsonRpc.error(asked.id(), JsonRpc.METHOD_NOT_FOUND, "this client does not offer that"));
        } catch (RuntimeException e) {
            if (attended) {
                throw e;
            }
            LOG.warn("the server is told that its {} failed: the handler threw an exception", asked.method(), e);
            return JsonRpc.error(asked.id(), JsonRpc.INTERNAL_ERROR, "the handler failed");
        }
    }

    /** The result of a server's request, as JSON; empty for what was never offered. */
    private Optional<Slice> answer(String method, Slice params) throws IOException {
        if (method.equals("elicitation/create") && elicitation != null) {
            return Optional.of(elicitation.apply(elicitation(params)).json());
        }
        if (method.equals("sampling/createMessage") && sampling != null) {
            return Optional.of(sampled(sampling.apply(samplingRequest(params))));
        }
        if (method.equals("roots/list") && roots != null) {
            return Optional.of(listed(roots.get()));
        }
        return Optional.empty();
    }

    /** The request once more, with what was asked (2026-07-28, "Multi Round-Trip Requests"). */
    <T> Request<T> answered(Request<T> request, Outcome.InputRequired<T> required, Asked asked) throws IOException {
        Slice params = request.params();
        Slice questions = required.questions();
        if (questions != null) {
            Slice answers = Slice.of("{}");
            JsonNode read = read(questions);
            Members raw = Members.of(questions);
            for (Map.Entry<String, JsonNode> question : read.properties()) {
                String method = question.getValue().path("method").asText();
                Slice details = Members.of(raw.raw(question.getKey())).raw("params");
                Slice answer = answer(method, details.length() == 0 ? Slice.of("{}") : details)
                        .orElseThrow(() -> asked.failed(
                                McpErrorCode.MCP_INPUT_REQUIRED,
                                "the server asks for '" + asked.safe(method) + "', which this client does not offer"));
                answers = JsonRpc.withForeign(answers, question.getKey(), answer);
            }
            params = JsonRpc.with(params, "inputResponses", answers);
        }
        Slice state = required.state();
        if (state != null) {
            params = JsonRpc.with(params, "requestState", state);
        }
        return request.params(params);
    }

    /** By name. */
    private static JsonNode read(Slice questions) throws IOException {
        JsonNode read = Json.read(questions);
        if (!read.isObject()) {
            throw new BadReplyException("the server's questions are no JSON object");
        }
        return read;
    }

    private static Elicitation elicitation(Slice json) throws IOException {
        JsonNode params = Json.read(json);
        JsonNode schema = params.path("requestedSchema");
        Map<String, Object> defaults = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(field -> {
            JsonNode value = field.getValue().path("default");
            if (!value.isMissingNode() && !value.isNull()) {
                defaults.put(field.getKey(), Binding.plain(value));
            }
        });
        return new Elicitation(
                params.path("message").asText(),
                schema.isObject() ? Members.of(json).text("requestedSchema") : "",
                params.path("url").asText(),
                defaults);
    }

    private static SamplingRequest samplingRequest(Slice json) throws IOException {
        JsonNode params = Json.read(json);
        return new SamplingRequest(
                messages(Members.of(json).raw("messages")),
                params.path("systemPrompt").asText(),
                params.path("maxTokens").asInt(),
                json.text());
    }

    private static List<PromptMessage> messages(Slice list) throws IOException {
        try (JsonParser json = Json.parser(list)) {
            json.nextToken();
            return ContentReader.messages(json, list);
        }
    }

    private static Slice sampled(SamplingAnswer answer) {
        ObjectNode json = Json.object()
                .put("role", "assistant")
                .put("model", answer.model())
                .put("stopReason", answer.stopReason());
        json.putObject("content").put("type", "text").put("text", answer.text());
        return Slice.of(Json.write(json));
    }

    private static Slice listed(List<Root> roots) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("roots");
        for (Root root : roots) {
            ObjectNode entry = list.addObject().put("uri", root.uri().toString());
            if (!root.name().isEmpty()) {
                entry.put("name", root.name());
            }
        }
        return Slice.of(Json.write(json));
    }

    /** {@return what is offered} */
    @Override
    public String toString() {
        return "Questions" + capabilities();
    }
}
