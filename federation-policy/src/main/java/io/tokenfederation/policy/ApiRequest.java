// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to the REST API.
 *
 * @param method the HTTP method
 * @param path the path, encoded
 * @param query its parameters
 * @param body what is written; null where nothing is
 * @param subject what it is about
 */
record ApiRequest(
        String method,
        String path,
        Map<String, String> query,
        @Nullable JsonNode body,
        Subject subject) {
    /**
     * What a request is about, which decides what a refusal means.
     *
     * @param what the request in words, for messages
     * @param owner whose policies they are; empty while the owner itself is looked up
     * @param onePolicy whether the path names a policy, so that the policy may be what is not there
     * @param sharing what of Delta Sharing the path names, where it is no policy
     */
    record Subject(String what, Optional<PolicyOwner.Kind> owner, boolean onePolicy, Optional<Sharing> sharing) {
        Subject(String what, Optional<PolicyOwner.Kind> owner, boolean onePolicy) {
            this(what, owner, onePolicy, Optional.empty());
        }

        static Subject of(Sharing sharing, String what) {
            return new Subject(what, Optional.of(PolicyOwner.Kind.RECIPIENT), false, Optional.of(sharing));
        }
    }

    /** What a provider of shares keeps besides policies. */
    enum Sharing {
        RECIPIENT,
        SHARE
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether it changes nothing, so that it may be sent as often as one likes. */
    boolean reads() {
        return method.equals("GET");
    }

    URI uri(URI host) {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + segment(entry.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(host + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    HttpRequest build(URI host, String bearer) {
        HttpRequest.Builder request = HttpTransport.request(uri(host))
                .header("Authorization", "Bearer " + bearer)
                .header("Accept", "application/json");
        return body == null
                ? request.method(method, BodyPublishers.noBody()).build()
                : request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString()))
                        .build();
    }

    @Override
    public String toString() {
        return subject.what();
    }
}
