// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One line of an answer: a wrapper around one thing, which the wrapper's only field names. */
sealed interface Line {
    /** What a reader must be able to do. */
    record Protocol(TableProtocol protocol) implements Line {}

    /** A file, or what the table is like. */
    record Action(TableAction action) implements Line {}

    /**
     * The end of the answer, or of this page of it.
     *
     * @param end what holds for the whole answer
     * @param nextPageToken where it goes on
     */
    record End(EndOfFiles end, Optional<String> nextPageToken) implements Line {
        @Override
        public String toString() {
            return "End[" + end + (nextPageToken.isPresent() ? ", more]" : "]");
        }
    }

    /**
     * The server has failed after it began to answer.
     *
     * @param message the server's words, which may hold anything
     * @param status what the HTTP status would have been, where the server says
     */
    record Failure(String message, OptionalInt status) implements Line {}

    /** Something newer; by the protocol, nobody needs to know it who does not ask for it. */
    record Unknown() implements Line {}

    List<String> KNOWN = List.of("protocol", "metaData", "file", "add", "cdf", "remove", "endStreamAction");

    /**
     * Reads a line.
     *
     * @param answered the version the whole answer is about
     * @return the line; empty if it is none that the protocol knows, or lacks what it must have
     */
    static Optional<Line> read(byte[] utf8, OptionalLong answered) {
        return Json.object(utf8).flatMap(wrapper -> read(wrapper, answered));
    }

    private static Optional<Line> read(JsonNode wrapper, OptionalLong answered) {
        List<String> fields = KNOWN.stream().filter(wrapper::hasNonNull).toList();
        if (fields.isEmpty()) {
            boolean error = wrapper.has("errorCode") || wrapper.has("error_code");
            return Optional.of(
                    error ? new Failure(wrapper.path("message").asText(""), OptionalInt.empty()) : new Unknown());
        }
        JsonNode inside = wrapper.path(fields.get(0));
        if (fields.size() > 1 || !inside.isObject()) {
            return Optional.empty();
        }
        return switch (fields.get(0)) {
            case "protocol" -> TableProtocol.of(inside).map(Protocol::new);
            case "metaData" -> TableMetadata.of(inside, answered).map(Action::new);
            case "endStreamAction" -> end(inside);
            case "cdf" -> DataFile.ofParquet(FileKind.CHANGE, inside).map(Action::new);
            case "remove" -> DataFile.ofParquet(FileKind.REMOVE, inside).map(Action::new);
            default ->
                (inside.has("deltaSingleAction") ? DataFile.ofDelta(inside) : DataFile.ofParquet(FileKind.ADD, inside))
                        .map(Action::new);
        };
    }

    private static Optional<Line> end(JsonNode end) {
        if (end.hasNonNull("errorMessage")) {
            OptionalLong status = Json.number(end, "httpStatusErrorCode");
            return Optional.of(new Failure(
                    end.path("errorMessage").asText(),
                    status.isPresent() ? OptionalInt.of((int) status.getAsLong()) : OptionalInt.empty()));
        }
        if (!Json.isTextOrNothing(end, "nextPageToken")) {
            return Optional.empty();
        }
        return Optional.of(new End(
                new EndOfFiles(token(end, "refreshToken"), Json.time(end, "minUrlExpirationTimestamp")),
                token(end, "nextPageToken")));
    }

    private static Optional<String> token(JsonNode end, String field) {
        return Json.text(end, field).filter(token -> !token.isEmpty());
    }
}
