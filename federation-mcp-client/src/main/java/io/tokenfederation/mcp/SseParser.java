// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an event stream into events, however the bytes are cut (HTML Living Standard §9.2.6), and keeps what
 * is needed to go on where a stream broke off: the last event's id and the time to wait.
 *
 * <p>Departs from the standard in one place: an event whose final blank line alone is missing counts, because servers
 * forget it. Not thread-safe.
 */
final class SseParser {
    private static final Pattern RETRY = Pattern.compile("\\d{1,9}");
    private static final int BOM_LENGTH = 3;

    private static final String DATA = "data";
    private static final Slice NO_DATA = Slice.of("");

    private final ByteBuilder line;
    private final ByteBuilder data;
    private boolean hasData;
    private String type = "";
    private boolean firstLine = true;
    private boolean afterCr;
    private @Nullable String pendingId;
    private @Nullable String lastId;
    private @Nullable Duration retry;

    SseParser(int limit) {
        line = new ByteBuilder(256, limit);
        data = new ByteBuilder(0, limit);
    }

    /** The id of the last event that is complete; null if none had one. */
    @Nullable String lastId() {
        return lastId;
    }

    /** How long to wait before going on; null if the server has not said. */
    @Nullable Duration retry() {
        return retry;
    }

    /** Reads on, and returns the events that are complete now. */
    List<SseEvent> feed(ByteBuffer bytes) throws BadReplyException {
        List<SseEvent> events = new ArrayList<>(1);
        while (bytes.hasRemaining()) {
            int count = untilLineEnd(bytes);
            if (count > 0) {
                line.add(bytes, count);
                afterCr = false;
            }
            if (!bytes.hasRemaining()) {
                break;
            }
            byte terminator = bytes.get();
            // The LF of a CRLF whose CR has ended the line already.
            if (terminator == '\n' && afterCr && line.length() == 0) {
                afterCr = false;
                continue;
            }
            afterCr = terminator == '\r';
            endLine(events);
        }
        return events;
    }

    /** The stream has ended: returns the event whose blank line is missing, if it lacks nothing else. */
    List<SseEvent> end() throws BadReplyException {
        List<SseEvent> events = new ArrayList<>(1);
        boolean cut = line.length() > 0;
        if (cut) {
            // Whether its data is whole can be told; of a number or a name that is cut off nobody can.
            String id = pendingId;
            Duration wait = retry;
            endLine(events);
            pendingId = id;
            retry = wait;
        }
        Slice all = data.take();
        if (hasData && (Json.isWhole(all) || (all.isBlank() && !cut))) {
            dispatch(events, all);
        }
        hasData = false;
        return events;
    }

    private static int untilLineEnd(ByteBuffer bytes) {
        int at = bytes.position();
        while (at < bytes.limit() && bytes.get(at) != '\n' && bytes.get(at) != '\r') {
            at++;
        }
        return at - bytes.position();
    }

    private void endLine(List<SseEvent> events) throws BadReplyException {
        int from =
                firstLine && line.slice(0, line.length()).withoutByteOrderMark().from() > 0 ? BOM_LENGTH : 0;
        firstLine = false;
        if (line.length() == from) {
            dispatch(events, hasData ? data.take() : NO_DATA);
        } else {
            field(from);
        }
        line.clear();
    }

    private void field(int from) throws BadReplyException {
        int end = line.length();
        int colon = from;
        while (colon < end && line.at(colon) != ':') {
            colon++;
        }
        int valueAt = colon + 1 < end && line.at(colon + 1) == ' ' ? colon + 2 : Math.min(colon + 1, end);
        switch (name(from, colon)) {
            case DATA -> addData(valueAt, end);
            case "event" -> type = line.slice(valueAt, end).text();
            case "id" -> id(line.slice(valueAt, end).text());
            case "retry" -> retry(line.slice(valueAt, end).text());
            default -> {
                // A comment (empty name), or a field of a later version.
            }
        }
    }

    /** Without making a text of the name that nearly every line has. */
    private String name(int from, int to) {
        boolean data = to - from == DATA.length();
        for (int i = 0; data && i < DATA.length(); i++) {
            data = line.at(from + i) == DATA.charAt(i);
        }
        return data ? DATA : line.slice(from, to).text();
    }

    private void addData(int from, int to) throws BadReplyException {
        if (hasData) {
            data.add('\n');
        }
        data.add(line, from, to);
        hasData = true;
    }

    private void id(String value) {
        if (value.indexOf('\0') < 0) {
            pendingId = value;
        }
    }

    private void retry(String value) {
        if (RETRY.matcher(value).matches()) {
            retry = Duration.ofMillis(Long.parseLong(value));
        }
    }

    private void dispatch(List<SseEvent> events, Slice all) {
        if (pendingId != null) {
            lastId = pendingId.isEmpty() ? null : pendingId;
        }
        if (hasData) {
            events.add(new SseEvent(type.isEmpty() ? "message" : type, all));
        }
        hasData = false;
        type = "";
    }
}
