// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * What a server tells while it carries out a request, handed to whoever is to hear it.
 *
 * @param id the request's id, which is its progress token too
 * @param call who asked to hear what
 * @param lists what news of lists is for, whoever asked
 */
record Notices(long id, Call call, KnownLists lists) {
    void take(Message.Notification<?> notification) throws IOException {
        switch (notification.method()) {
            case "notifications/progress" -> progress(Json.read(notification.params()));
            case "notifications/message" -> log(notification.params());
            default -> {
                lists.heard(notification.method());
                call.ear().hear(notification);
            }
        }
    }

    private void progress(JsonNode params) {
        if (params.path("progressToken").asText().equals(Long.toString(id))) {
            call.deadline().progressed();
            call.options()
                    .progressed(new Progress(
                            params.path("progress").asDouble(),
                            params.path("total").asDouble(),
                            params.path("message").asText()));
        }
    }

    private void log(Slice json) throws IOException {
        JsonNode params = Json.read(json);
        JsonNode data = params.path("data");
        call.options()
                .logged(new LogMessage(
                        params.path("level").asText(),
                        params.path("logger").asText(),
                        data.isTextual() ? data.textValue() : Members.of(json).text("data")));
    }
}
