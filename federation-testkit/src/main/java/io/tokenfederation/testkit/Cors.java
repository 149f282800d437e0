// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Lets scripts of the registered applications read answers, and those of no other origin. */
final class Cors {
    private static final String ORIGIN = "Origin";

    private final People people;

    Cors(People people) {
        this.people = people;
    }

    /** Answers a browser that asks beforehand; it does not say which application it asks for. */
    Reply preflight(HttpCall call) {
        Optional<String> origin = call.header(ORIGIN).filter(people::isOriginOfAny);
        Reply reply = Reply.empty(origin.isPresent() ? 204 : 403).header("Vary", ORIGIN);
        return origin.map(allowed -> allow(reply, allowed)
                        .header("Access-Control-Allow-Methods", "GET, POST")
                        .header("Access-Control-Allow-Headers", "Authorization, Content-Type")
                        .header("Access-Control-Max-Age", "600"))
                .orElse(reply);
    }

    /** The same endpoint, readable for every registered application. */
    LoopbackHttp.Handler forAll(LoopbackHttp.Handler endpoint) {
        return call -> marked(endpoint, call, call.header(ORIGIN).filter(people::isOriginOfAny));
    }

    /** The same endpoint, readable for the application only that the form names. */
    LoopbackHttp.Handler forNamed(LoopbackHttp.Handler endpoint) {
        return call -> marked(
                endpoint,
                call,
                call.header(ORIGIN)
                        .filter(origin -> clientId(call)
                                .flatMap(people::application)
                                .filter(application -> application.origins().contains(origin))
                                .isPresent()));
    }

    private static Reply marked(LoopbackHttp.Handler endpoint, HttpCall call, Optional<String> allowed)
            throws IOException {
        Reply reply;
        try {
            reply = endpoint.answer(call);
        } catch (Refusal e) {
            // The application must be able to read why.
            reply = e.reply();
        }
        Reply varying = reply.header("Vary", ORIGIN);
        return allowed.map(origin -> allow(varying, origin)).orElse(varying);
    }

    private static Reply allow(Reply reply, String origin) {
        return reply.header("Access-Control-Allow-Origin", origin);
    }

    private static Optional<String> clientId(HttpCall call) {
        return call.hasJson()
                ? call.json().map(json -> json.path("client_id")).map(JsonNode::asText)
                : call.form().map((Map<String, String> form) -> form.get("client_id"));
    }
}
