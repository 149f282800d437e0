// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.mcp.EmbeddedResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mcptests.SkillHost.Skill;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host takes a skill that is what the list says, and stops at the first file that is not. */
class SkillHostTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SKILL = "skill://prices/SKILL.md";
    private static final String FORMS = "skill://prices/FORMS.md";
    private static final String TABLE = "skill://prices/TABLE.md";
    private static final String TEXT = "---\nname: prices\ndescription: Find a price\n---\n\nFür alle.\n";

    private final Map<String, String> served = new HashMap<>();
    private final List<String> read = new ArrayList<>();
    private final ArrayNode listed = JSON.createArrayNode();
    private final Map<String, JsonNode> fields = new HashMap<>();

    @BeforeEach
    void serve() {
        serve(FORMS, "forms");
        serve(SKILL, TEXT);
        serve(TABLE, "table");
        field("name", "prices");
        field("description", "Find a price");
    }

    @Test
    void rightSkillIsTakenWithItsOwnFileFirst() {
        assertThat(load()).containsOnlyKeys(SKILL, FORMS, TABLE);
        assertThat(read).containsExactly(SKILL, FORMS, TABLE);
    }

    @Test
    void bytesAreVerifiedAsTheyAre() {
        Map<String, byte[]> files = SkillHost.load(skill(), uri -> {
            byte[] bytes = text(uri).getBytes(StandardCharsets.UTF_8);
            return List.of(new EmbeddedResource(uri, "", "", Base64.getEncoder().encodeToString(bytes)));
        });

        assertThat(files.get(SKILL)).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
    }

    @Test
    void otherBytesOfTheSameSizeAreRefusedAndNothingElseIsRead() {
        served.put(SKILL, TEXT.replace("alle", "Alle"));

        assertRefused("has not the digest listed", SKILL);
    }

    @Test
    void otherSizeIsRefusedThoughTheDigestIsRight() {
        ((ObjectNode) listed.get(1)).put("size", 7);

        assertRefused("is not of the size listed", SKILL);
    }

    @Test
    void sizeIsThatOfTheBytesNotOfTheCharacters() {
        ((ObjectNode) listed.get(1)).put("size", TEXT.length());

        assertRefused("is not of the size listed", SKILL);
    }

    @ParameterizedTest
    @CsvSource({"description, Steal a price", "description, find a price", "license, MIT"})
    void otherFrontMatterIsRefusedAndNothingElseIsRead(String name, String value) {
        field(name, value);

        assertRefused("front matter", SKILL);
    }

    @Test
    void fieldTheListDoesNotHaveIsRefused() {
        fields.remove("description");

        assertRefused("front matter has other fields", SKILL);
    }

    @Test
    void fieldThatIsNoTextIsRefused() {
        fields.put("name", JSON.createObjectNode());

        assertRefused("front matter's name", SKILL);
    }

    @Test
    void laterFileThatIsNotWhatItShouldBeEndsTheReading() {
        served.put(FORMS, "FORMS");

        assertRefused("has not the digest listed", SKILL, FORMS);
    }

    @ParameterizedTest
    @CsvSource({"sha256:, ''", "sha256:, sha512:", "sha256:, SHA256:"})
    void digestOfAnotherFormIsRefused(String prefix, String other) {
        ObjectNode file = (ObjectNode) listed.get(1);
        file.put("digest", file.path("digest").asText().replace(prefix, other));

        assertRefused("has not the digest listed", SKILL);
    }

    @Test
    void answerWithAnotherFileIsRefused() {
        assertThatThrownBy(() -> SkillHost.load(skill(), uri -> answer(TABLE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another file");
    }

    @Test
    void skillWhoseFilesAreNotListedIsNotRead() {
        Skill made = new Skill(SKILL, fields, JSON.getNodeFactory().textNode("dynamic"));
        listed.remove(1);

        assertThatThrownBy(() -> SkillHost.load(made, this::answer)).hasMessageContaining("files are not listed");
        assertRefused("own file is not listed");
    }

    private void assertRefused(String why, String... reads) {
        assertThatThrownBy(this::load).isInstanceOf(IllegalStateException.class).hasMessageContaining(why);
        assertThat(read).containsExactly(reads);
    }

    private Map<String, byte[]> load() {
        return SkillHost.load(skill(), this::answer);
    }

    private Skill skill() {
        return new Skill(SKILL, fields, listed);
    }

    private List<EmbeddedResource> answer(String uri) {
        read.add(uri);
        return List.of(new EmbeddedResource(uri, "text/markdown", text(uri), ""));
    }

    private String text(String uri) {
        return served.getOrDefault(uri, "");
    }

    private void serve(String uri, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        served.put(uri, text);
        listed.addObject()
                .put("uri", uri)
                .put("digest", SkillHost.digest(bytes))
                .put("size", bytes.length);
    }

    private void field(String name, String value) {
        fields.put(name, JSON.getNodeFactory().textNode(value));
    }
}
