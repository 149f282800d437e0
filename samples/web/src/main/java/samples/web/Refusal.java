// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that is not answered with what it asked for.
 *
 * <p>Code and message are what the browser may know; the reason, for the operator, is in the log only.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;
    private final String reason;

    Refusal(int status, String code, String message) {
        this(status, code, message, Map.of(), code);
    }

    private Refusal(int status, String code, String message, Map<String, String> headers, String reason) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
        this.reason = reason;
    }

    Refusal header(String name, String value) {
        return new Refusal(status, code, message(), Map.of(name, value), reason);
    }

    Refusal because(String operatorsReason) {
        return new Refusal(status, code, message(), headers, operatorsReason);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    String reason() {
        return reason;
    }

    Map<String, String> body() {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", message());
        return body;
    }

    /** The same for a person, with the address in it to click on. */
    String page() {
        String text = escaped(message()).replaceAll("https?://[^\\s<]+/(?=\\.)", "<a href=\"$0\">$0</a>");
        return "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Token Federation web sample</title>\n<p>"
                + text + "\n<p>(" + code + ")\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private String message() {
        return String.valueOf(getMessage());
    }
}
