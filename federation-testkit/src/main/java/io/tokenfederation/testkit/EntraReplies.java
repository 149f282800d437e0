// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The refusals of Entra ID: one body for all, told apart by the number behind {@code AADSTS}. */
final class EntraReplies {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final Tenant tenant;

    EntraReplies(Tenant tenant) {
        this.tenant = tenant;
    }

    Refusal refusal(int code) {
        return refusal(code, Aadsts.of(code).text());
    }

    Refusal refusal(int code, String text) {
        return new Refusal(reply(Aadsts.of(code), text, tenant.now()));
    }

    Refusal missing(String parameter) {
        return refusal(900144, "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static Reply reply(Aadsts error, String text, Instant now) {
        String timestamp = TIMESTAMP.format(now);
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error.error());
        body.put(
                "error_description",
                "AADSTS" + error.code() + ": " + text + " Trace ID: " + trace + " Correlation ID: " + correlation
                        + " Timestamp: " + timestamp);
        body.put("error_codes", List.of(error.code()));
        body.put("timestamp", timestamp);
        body.put("trace_id", trace);
        body.put("correlation_id", correlation);
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + error.code());
        return Reply.json(error.status(), body);
    }

    static Reply rateLimited(Duration retryAfter, Instant now) {
        Aadsts error = Aadsts.of(90055);
        return reply(error, error.text(), now).header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
}
