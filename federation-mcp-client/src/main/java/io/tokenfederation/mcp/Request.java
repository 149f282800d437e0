// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.SafeText;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A request to be carried out, the same in both eras.
 *
 * @param <T> what it brings
 * @param method the JSON-RPC method
 * @param name the tool, prompt or resource it is about; empty if none
 * @param params its parameters, a JSON object
 * @param headers what the tool wants to see in headers, in the modern era
 * @param reader reads its result
 */
record Request<T>(
        String method,
        String name,
        Slice params,
        Map<String, String> headers,
        Supplier<? extends ResultReader<T>> reader) {
    private static final Set<String> ASKED_BACK = Set.of("tools/call", "prompts/get", "resources/read");
    private static final Slice NO_PARAMS = Slice.of("{}");

    static <T> Request<T> of(String method, Supplier<? extends ResultReader<T>> reader) {
        return new Request<>(method, "", NO_PARAMS, Map.of(), reader);
    }

    Request<T> about(String subject) {
        return new Request<>(method, subject, params, headers, reader);
    }

    Request<T> params(Slice json) {
        return new Request<>(method, name, json, headers, reader);
    }

    Request<T> with(String parameter, String value) {
        return params(JsonRpc.with(params, parameter, Slice.of(Json.quoted(value))));
    }

    Request<T> with(String parameter, byte[] json) {
        return params(JsonRpc.with(params, parameter, Slice.of(json)));
    }

    Request<T> headers(Map<String, String> wanted) {
        return new Request<>(method, name, params, wanted, reader);
    }

    /** What it asks, for messages; of a URI not the query, which may hold anything. */
    String what() {
        return name.isEmpty() ? method : method + " '" + SafeText.of(name.split("\\?", 2)[0]) + "'";
    }

    /** Whether carrying it out may change something on the server. */
    boolean mayChangeSomething() {
        return CoreMethods.mayChangeSomething(method);
    }

    /** Whether the server may answer it with a question ("Multi Round-Trip Requests: Supported Requests"). */
    boolean mayBeAskedBack() {
        return ASKED_BACK.contains(method);
    }

    /** {@return what it asks; not its parameters, which may be about people} */
    @Override
    public String toString() {
        return "Request[" + what() + "]";
    }
}
