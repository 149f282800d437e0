// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request as it came in, its body read whole. {@link #toString()} shows method and path only. */
record HttpCall(String method, String path, String query, Headers headers, String body) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** The credential of an {@code Authorization: Bearer} header. */
    Optional<String> bearer() {
        return credential("Bearer ");
    }

    /** The credential of an {@code Authorization: Basic} header, still encoded. */
    Optional<String> basic() {
        return credential("Basic ");
    }

    boolean hasJson() {
        return mediaType().equals("application/json");
    }

    boolean hasForm() {
        return mediaType().equals("application/x-www-form-urlencoded");
    }

    /** The body as a JSON object; empty if it is anything else. */
    Optional<JsonNode> json() {
        return Json.object(body);
    }

    /** The form's fields; empty if one is there twice (RFC 6749 §3.2 forbids it) or cannot be decoded. */
    Optional<Map<String, String>> form() {
        return fields(body);
    }

    /** A parameter of the query; none if one of them is there twice or cannot be decoded. */
    Optional<String> parameter(String name) {
        return fields(query).map(fields -> fields.get(name)).filter(value -> !value.isEmpty());
    }

    /** The parameters of the query; empty if one is there twice or cannot be decoded. */
    Optional<Map<String, String>> parameters() {
        return fields(query);
    }

    /** The value of a cookie; of several with the same name, the first. */
    Optional<String> cookie(String name) {
        return header("Cookie").stream()
                .flatMap(all -> Stream.of(all.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1))
                .findFirst();
    }

    /** The parameters as a form or a query has them. */
    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The origin that the client thinks it asks. */
    String origin() {
        return "http://" + header("Host").orElse("");
    }

    private static Optional<Map<String, String>> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                if (!pair.isEmpty() && fields.putIfAbsent(decode(name), decode(value)) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    private Optional<String> credential(String scheme) {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
                .map(value -> value.substring(scheme.length()).strip());
    }

    private String mediaType() {
        return header("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
