// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.mcp.EmbeddedResource;
import io.tokenfederation.mcp.McpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An application that takes skills from a server, as the extension {@value #EXTENSION} says: it lists them, reads a file only
 * when it is wanted, and uses none that is not what the list has said of it.
 */
final class SkillHost {
    static final String EXTENSION = "io.modelcontextprotocol/skills";

    /** More than any server has; one that never ends its list must not keep the host. */
    private static final int MOST_PAGES = 100;

    /**
     * A skill as the list has it.
     *
     * @param uri the URI of its SKILL.md
     * @param frontmatter the fields at the head of it
     * @param resources its files; or a word, where they are made up anew each time
     */
    record Skill(String uri, Map<String, JsonNode> frontmatter, JsonNode resources) {
        Skill {
            requireNonNull(uri, "a skill has no URI");
            requireNonNull(frontmatter, "a skill has no front matter");
            requireNonNull(resources, "a skill's files are not listed");
        }
    }

    /** A page of the list. */
    record Page(List<Skill> skills, @Nullable String nextCursor) {}

    /** What a file must be. */
    record Promise(String digest, long size) {}

    private final McpClient mcp;

    SkillHost(McpClient mcp) {
        this.mcp = mcp;
    }

    /** The skills there are; none of their files is read. */
    List<Skill> list() {
        require(mcp.server().extensions().containsKey(EXTENSION), "the server offers no skills");
        List<Skill> skills = new ArrayList<>();
        Map<String, String> from = Map.of();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Page page = mcp.request("skills/list", from, Page.class);
            skills.addAll(page.skills());
            if (page.nextCursor() == null) {
                return skills;
            }
            from = Map.of("cursor", page.nextCursor());
        }
        throw new IllegalStateException("the list of skills does not end");
    }

    /** A skill whole: its SKILL.md, and once that is what it should be, its other files; their bytes by their URIs. */
    Map<String, byte[]> load(Skill skill) {
        return load(skill, mcp::readResource);
    }

    static Map<String, byte[]> load(Skill skill, Function<String, List<EmbeddedResource>> reader) {
        Map<String, Promise> others = promises(skill);
        Promise own = others.remove(skill.uri());
        if (own == null) {
            throw new IllegalStateException("the skill's own file is not listed");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] skillFile = verified(skill.uri(), own, reader);
        requireSameFields(skill, new String(skillFile, StandardCharsets.UTF_8));
        files.put(skill.uri(), skillFile);
        others.forEach((uri, promise) -> files.put(uri, verified(uri, promise, reader)));
        return files;
    }

    private static Map<String, Promise> promises(Skill skill) {
        require(skill.resources().isArray(), "the skill's files are not listed");
        Map<String, Promise> promises = new LinkedHashMap<>();
        for (JsonNode file : skill.resources()) {
            require(file.path("size").isIntegralNumber(), "a file has no size");
            Promise promise =
                    new Promise(file.path("digest").asText(), file.path("size").longValue());
            require(promises.put(file.path("uri").asText(), promise) == null, "a file is listed twice");
        }
        return promises;
    }

    private static byte[] verified(String uri, Promise promise, Function<String, List<EmbeddedResource>> reader) {
        List<EmbeddedResource> pieces = reader.apply(uri);
        require(pieces.size() == 1 && pieces.get(0).uri().equals(uri), uri + " was answered with another file");
        EmbeddedResource piece = pieces.get(0);
        byte[] bytes = piece.base64().isEmpty()
                ? piece.text().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(piece.base64());
        require(bytes.length == promise.size(), uri + " is not of the size listed");
        require(digest(bytes).equals(promise.digest()), uri + " has not the digest listed");
        return bytes;
    }

    private static void requireSameFields(Skill skill, String document) {
        Map<String, String> found = FrontMatter.of(document).fields();
        require(found.keySet().equals(skill.frontmatter().keySet()), "the front matter has other fields than listed");
        skill.frontmatter()
                .forEach((name, listed) -> require(
                        listed.isTextual() && listed.textValue().equals(found.get(name)),
                        "the front matter's " + name + " is not the one listed"));
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean truth, String otherwise) {
        if (!truth) {
            throw new IllegalStateException(otherwise);
        }
    }
}
