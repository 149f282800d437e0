// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.ServicePrincipal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The serving endpoints of a {@link LoopbackDatabricks}: {@code POST /serving-endpoints/{name}/invocations}.
 *
 * <p>Everybody may query them, until told otherwise. Thread-safe.
 */
public final class LoopbackServing {
    private static final String PATH = "/serving-endpoints/";

    /** One of them holds what is asked; an endpoint takes no two. */
    private static final List<String> INPUTS =
            List.of("messages", "prompt", "input", "dataframe_records", "dataframe_split", "inputs", "instances");

    private final RestApi api;
    private final Map<String, ServedModel> endpoints = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();

    LoopbackServing(RestApi api) {
        this.api = api;
    }

    /**
     * Creates an endpoint, or replaces it.
     *
     * @param name its name
     * @param model what it answers
     */
    public void endpoint(String name, ServedModel model) {
        endpoints.put(requireNonNull(name, "name"), requireNonNull(model, "model"));
    }

    /**
     * Takes the permission CAN QUERY from a service principal, on all endpoints.
     *
     * @param principal the service principal
     */
    public void deny(ServicePrincipal principal) {
        denied.add(principal.toString());
    }

    /**
     * Gives a service principal back the permission it has from the start.
     *
     * @param principal the service principal
     */
    public void allow(ServicePrincipal principal) {
        denied.remove(principal.toString());
    }

    void listen(LoopbackHttp http, Faults faults) {
        http.on("POST", PATH + "{}/invocations", faults, this::invoke);
    }

    private Reply invoke(HttpCall call) {
        Account.Principal principal = api.principal(call);
        String name = call.path().substring(PATH.length(), call.path().length() - "/invocations".length());
        ServedModel model = Optional.ofNullable(endpoints.get(name))
                .orElseThrow(() -> DatabricksReplies.noSuchResource("The endpoint " + name + " does not exist."));
        if (denied.contains(principal.userName())) {
            throw DatabricksReplies.permissionDenied("You do not have permission to query the endpoint " + name);
        }
        JsonNode body =
                call.json().orElseThrow(() -> DatabricksReplies.invalidParameter("the body is not a JSON object"));
        if (INPUTS.stream().filter(body::has).count() != 1) {
            throw DatabricksReplies.invalidParameter("the body must have exactly one of " + INPUTS);
        }
        return Reply.json(200, model.answer(principal.userName(), Json.map(body)))
                .header("served-model-name", name + "-1");
    }
}
