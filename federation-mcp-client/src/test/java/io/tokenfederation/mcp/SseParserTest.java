// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private static final String RICH = String.join(
            "",
            "\uFEFF: hello\r\nid: 1\rdata\n\n",
            "event: note\r\ndata: ä€\r\ndata: 2\r\n\r\n",
            "retry: 500\n:\n\ndata:x\r\rdata:  y\nid\n\n");

    private record Event(String type, String data) {
        static Event of(SseEvent event) {
            return new Event(event.type(), event.data().text());
        }
    }

    private final SseParser parser = new SseParser(1_000);

    @Test
    void eventEndsAtTheBlankLine() throws Exception {
        assertThat(feed("data: a\n")).isEmpty();
        assertThat(feed("\n")).containsExactly(new Event("message", "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyLineEndCounts(String end) throws Exception {
        assertThat(feed("data: a" + end + "data: b" + end + end + "data: c" + end + end))
                .extracting(Event::data)
                .containsExactly("a\nb", "c");
    }

    @Test
    void carriageReturnEndsTheEventWithoutWaitingForMore() throws Exception {
        assertThat(feed("data: a\r\r")).hasSize(1);
        assertThat(feed("\ndata: b\r\n")).isEmpty();
        assertThat(feed("\r")).extracting(Event::data).containsExactly("b");
    }

    @Test
    void commentsAndUnknownFieldsMakeNoEvent() throws Exception {
        assertThat(feed(": keep-alive\n\nfuture: 1\n\n")).isEmpty();
    }

    @Test
    void byteOrderMarkIsSkippedAtTheStartOnly() throws Exception {
        assertThat(feed("\uFEFFdata: a\n\n")).extracting(Event::data).containsExactly("a");
        assertThat(feed("\uFEFFdata: b\n\n")).isEmpty();
    }

    @Test
    void onlyOneSpaceAfterTheColonGoes() throws Exception {
        assertThat(feed("data:a\n\ndata:  b\n\ndata\n\n"))
                .extracting(Event::data)
                .containsExactly("a", " b", "");
    }

    @Test
    void typeLastsForOneEvent() throws Exception {
        assertThat(feed("event: note\nid: 7\ndata: a\n\ndata: b\n\nevent: lost\n\ndata: c\n\n"))
                .containsExactly(new Event("note", "a"), new Event("message", "b"), new Event("message", "c"));
    }

    @Test
    void primerCarriesNoMessage() throws Exception {
        assertThat(parser.feed(ByteBuffer.wrap("id: 7\ndata:\n\n".getBytes(StandardCharsets.UTF_8))))
                .hasSize(1)
                .noneMatch(SseEvent::carriesMessage);
        assertThat(feed("id: 8\n\n")).isEmpty();
    }

    @Test
    void placeToGoOnFromIsTheLastEventThatIsComplete() throws Exception {
        feed("id: 7\nretry: 500\ndata: a\n\nid: 8\ndata: b\n");
        assertThat(parser.lastId()).isEqualTo("7");
        assertThat(parser.retry()).isEqualTo(Duration.ofMillis(500));

        feed("\n");
        assertThat(parser.lastId()).isEqualTo("8");

        feed("id\n\n");
        assertThat(parser.lastId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: a\0b", "retry: soon", "retry: 99999999999", "retry: -1"})
    void fieldThatSaysNothingUsefulIsIgnored(String field) throws Exception {
        feed(field + "\n\n");

        assertThat(parser.lastId()).isNull();
        assertThat(parser.retry()).isNull();
    }

    @Test
    void missingBlankLineAtTheEndIsForgiven() throws Exception {
        feed("id: 1\ndata: {}");

        assertThat(parser.end()).extracting(event -> event.data().text()).containsExactly("{}");
        assertThat(parser.lastId()).isEqualTo("1");
        assertThat(parser.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: 8\ndata: {", "id: 8\ndata: [\"a", "id: 8\ndata:", "id: 8\n", "retry: 5"})
    void eventOfWhichMoreIsMissingDoesNotCount(String half) throws Exception {
        feed("id: 7\nretry: 500\n\n" + half);

        assertThat(parser.end()).isEmpty();
        assertThat(parser.lastId()).isEqualTo("7");
        assertThat(parser.retry()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void placeThatIsCutOffItselfIsNone() throws Exception {
        feed("id: 7\n\ndata: {}\nid: 1");

        assertThat(parser.end()).hasSize(1);
        assertThat(parser.lastId()).isEqualTo("7");
    }

    @Test
    void emptyStreamHasNoEvent() throws Exception {
        assertThat(parser.end()).isEmpty();
    }

    @Test
    void everyCutOfTheBytesGivesTheSameEvents() throws Exception {
        byte[] bytes = RICH.getBytes(StandardCharsets.UTF_8);
        List<Event> whole = parse(bytes, bytes.length);

        assertThat(whole)
                .containsExactly(
                        new Event("message", ""),
                        new Event("note", "ä€\n2"),
                        new Event("message", "x"),
                        new Event("message", " y"));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(parse(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void byteByByteGivesTheSameEvents() throws Exception {
        SseParser slow = new SseParser(1_000);
        List<Event> events = new ArrayList<>();
        for (byte b : RICH.getBytes(StandardCharsets.UTF_8)) {
            slow.feed(ByteBuffer.wrap(new byte[] {b})).forEach(event -> events.add(Event.of(event)));
        }

        assertThat(events).isEqualTo(feed(RICH));
    }

    @Test
    void endlessLineIsCutOff() {
        assertThatThrownBy(() -> feed("data: " + "a".repeat(1_000)))
                .isInstanceOf(BadReplyException.class)
                .hasMessageContaining("1000 bytes");
    }

    @Test
    void endlessEventIsCutOff() {
        assertThatThrownBy(() -> feed(("data: " + "a".repeat(300) + "\n").repeat(4)))
                .isInstanceOf(BadReplyException.class);
    }

    private static List<Event> parse(byte[] bytes, int cut) throws BadReplyException {
        SseParser parser = new SseParser(1_000);
        List<SseEvent> events = new ArrayList<>(parser.feed(ByteBuffer.wrap(Arrays.copyOf(bytes, cut))));
        events.addAll(parser.feed(ByteBuffer.wrap(Arrays.copyOfRange(bytes, cut, bytes.length))));
        events.addAll(parser.end());
        return events.stream().map(Event::of).toList();
    }

    private List<Event> feed(String text) throws BadReplyException {
        return parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).stream()
                .map(Event::of)
                .toList();
    }
}
