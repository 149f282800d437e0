// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"text\",\"text\":7}",
                "{\"type\":\"image\",\"data\":\"aGk=\"}",
                "{\"type\":\"audio\",\"mimeType\":\"audio/wav\"}",
                "{\"type\":\"resource_link\",\"name\":\"n\"}",
                "{\"type\":\"resource\"}",
                "{\"type\":\"resource\",\"resource\":{\"uri\":\"u:1\"}}",
                "{\"type\":\"resource\",\"resource\":{\"text\":\"t\"}}",
                "{\"no\":\"type\"}",
                "[1.0]",
                "null"
            })
    void whatLacksSomethingIsKeptWhole(String json) throws Exception {
        assertThat(read(json))
                .isInstanceOfSatisfying(
                        UnknownContent.class,
                        content -> assertThat(content.json()).isEqualTo(json));
    }

    @Test
    void soundIsRead() throws Exception {
        assertThat(read("{\"type\":\"audio\",\"data\":\"aGk=\",\"mimeType\":\"audio/wav\"}"))
                .isInstanceOfSatisfying(
                        AudioContent.class,
                        sound -> assertThat(sound.bytes()).asString().isEqualTo("hi"));
    }

    @Test
    void resourceOfBytesIsRead() throws Exception {
        assertThat(read("{\"type\":\"resource\",\"resource\":{\"uri\":\"u:1\",\"mimeType\":\"m\",\"blob\":\"aGk=\"}}"))
                .isEqualTo(new EmbeddedResource("u:1", "m", "", "aGk="));
    }

    @Test
    void picturePrintsItsSizeOnly() {
        assertThat(new ImageContent("aGk=", "image/png"))
                .hasToString("ImageContent[image/png, 4 characters of base64]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"role\":\"user\"}", "7", "\"user\"", "null"})
    void whatIsNoListHoldsNoMessages(String json) throws Exception {
        assertThat(messages(json)).isEmpty();
    }

    @Test
    void messagesThatAreNoneBreakNoOther() throws Exception {
        PromptMessage nothing = new PromptMessage("", new UnknownContent("", ""));

        assertThat(messages("[7,\"a\",[{\"role\":\"user\"}],{},null,{\"role\":\"user\",\"content\": 1.0e0 }]"))
                .containsExactly(
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        new PromptMessage("user", new UnknownContent("", "1.0e0")));
    }

    private static List<PromptMessage> messages(String json) throws IOException {
        Slice text = Slice.of(json);
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            return ContentReader.messages(parser, text);
        }
    }

    private static Content read(String json) throws IOException {
        Slice raw = Slice.of(json);
        return ContentReader.read(Json.read(raw), raw);
    }
}
