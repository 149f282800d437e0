// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the bytes of an event stream into events, however the bytes are cut (HTML Living Standard §9.2.6). Reads their
 * types and data; ids and retry times are for clients that resume streams, which this one does not.
 *
 * <p>Departs from the standard in one place: an event whose final blank line is missing counts, because servers forget
 * it. Not thread-safe.
 */
final class SseParser {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String type = "";
    private boolean firstLine = true;
    private boolean afterCr;

    SseParser(int limit) {
        this.limit = limit;
    }

    /** Reads on, and returns the events that are complete now. */
    List<SseEvent> feed(ByteBuffer bytes) throws BadReplyException {
        List<SseEvent> events = new ArrayList<>(1);
        while (bytes.hasRemaining()) {
            int end = lineEnd(bytes);
            append(bytes, end - bytes.position());
            if (!bytes.hasRemaining()) {
                break;
            }
            byte terminator = bytes.get();
            // The LF of a CRLF whose CR has ended the line already.
            if (terminator == '\n' && afterCr && line.size() == 0) {
                afterCr = false;
                continue;
            }
            afterCr = terminator == '\r';
            endLine(events);
        }
        return events;
    }

    /** The stream has ended: returns the event whose blank line is missing, if there is one. */
    List<SseEvent> end() throws BadReplyException {
        List<SseEvent> events = new ArrayList<>(1);
        if (line.size() > 0) {
            endLine(events);
        }
        dispatch(events);
        return events;
    }

    private static int lineEnd(ByteBuffer bytes) {
        int at = bytes.position();
        while (at < bytes.limit() && bytes.get(at) != '\n' && bytes.get(at) != '\r') {
            at++;
        }
        return at;
    }

    private void append(ByteBuffer bytes, int count) throws BadReplyException {
        if (count > limit - line.size()) {
            throw BadReplyException.tooLarge(limit);
        }
        if (count > 0) {
            byte[] copy = new byte[count];
            bytes.get(copy);
            line.writeBytes(copy);
            afterCr = false;
        }
    }

    private void endLine(List<SseEvent> events) throws BadReplyException {
        byte[] bytes = line.toByteArray();
        line.reset();
        int from = firstLine && startsWithBom(bytes) ? BOM.length : 0;
        firstLine = false;
        if (bytes.length == from) {
            dispatch(events);
        } else {
            field(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        }
    }

    private void field(String text) throws BadReplyException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        int valueAt = colon >= 0 && text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
        String value = colon < 0 ? "" : text.substring(valueAt);
        switch (name) {
            case "data" -> addData(value);
            case "event" -> type = value;
            default -> {
                // A comment (empty name), a field of a later version, or what only a client needs that resumes: id,
                // retry.
            }
        }
    }

    private void addData(String value) throws BadReplyException {
        if (hasData) {
            data.append('\n');
        }
        if (value.length() > limit - data.length()) {
            throw BadReplyException.tooLarge(limit);
        }
        data.append(value);
        hasData = true;
    }

    private void dispatch(List<SseEvent> events) {
        if (hasData) {
            events.add(new SseEvent(type.isEmpty() ? "message" : type, data.toString()));
        }
        data.setLength(0);
        hasData = false;
        type = "";
    }

    private static boolean startsWithBom(byte[] bytes) {
        return bytes.length >= BOM.length && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }
}
