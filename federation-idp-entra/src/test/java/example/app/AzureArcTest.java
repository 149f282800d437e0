// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever listens on the agent's port may name a file: only the agent's own are read and sent. */
final class AzureArcTest {
    private static final String ISSUED = ScriptedEntra.issued(ScriptedEntra.jwt(Map.of()));

    @TempDir
    private Path directory;

    private Path keys;
    private ScriptedEntra agent;

    @BeforeEach
    void start() throws IOException {
        keys = Files.createDirectory(directory.resolve("tokens"));
        agent = new ScriptedEntra();
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void contentOfTheNamedFileOpensTheDoor() throws IOException {
        Path key = Files.writeString(keys.resolve("a.key"), "c4nary-key\n");
        challenge("Basic realm=" + key).answers(200, ISSUED);

        assertThat(source().mint().value()).isEqualTo(ScriptedEntra.jwt(Map.of()));

        assertThat(agent.asked()).hasSize(2);
        assertThat(agent.asked().get(0).headers()).doesNotContainKey("authorization");
        assertThat(agent.asked().get(1).headers())
                .containsEntry("authorization", "Basic c4nary-key")
                .containsEntry("metadata", "true");
        assertThat(agent.asked().get(1).query())
                .isEqualTo(Map.of("api-version", "2019-11-01", "resource", ScriptedEntra.API));
    }

    @Test
    void quotedRealmIsRead() throws IOException {
        Path key = Files.writeString(keys.resolve("a.key"), "c4nary-key");
        challenge("basic realm=\"" + key + "\"").answers(200, ISSUED);

        assertThat(source().mint()).isNotNull();
    }

    @Test
    void eachTokenIsWonAnew() throws IOException {
        Path key = Files.writeString(keys.resolve("a.key"), "first");
        challenge("Basic realm=" + key).answers(200, ISSUED);
        challenge("Basic realm=" + key).answers(200, ISSUED);
        ManagedIdentityTokenSource source = source();

        source.mint();
        Files.writeString(key, "second");
        source.mint();

        assertThat(agent.asked().get(3).headers()).containsEntry("authorization", "Basic second");
    }

    @Test
    void fileElsewhereIsNotSent() throws IOException {
        refused(Files.writeString(directory.resolve("a.key"), "c4nary"), "is not in");
    }

    @Test
    void pathThatClimbsOutIsNotSent() throws IOException {
        Files.writeString(directory.resolve("a.key"), "c4nary");

        refused(keys.resolve("../a.key"), "is not in");
    }

    @Test
    void fileInASubdirectoryIsNotSent() throws IOException {
        Path below = Files.createDirectory(keys.resolve("below"));

        refused(Files.writeString(below.resolve("a.key"), "c4nary"), "is not in");
    }

    @Test
    void fileOfAnotherKindIsNotSent() throws IOException {
        refused(Files.writeString(keys.resolve("shadow"), "c4nary"), "does not end in .key");
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "c4nary");

        refused(Files.createSymbolicLink(keys.resolve("a.key"), secret), "is no regular file");
    }

    @Test
    void largeFileIsNotSent() throws IOException {
        refused(Files.writeString(keys.resolve("a.key"), "c".repeat(4_097)), "is larger than 4096 bytes");
    }

    @Test
    void fileOfExactlyTheLimitIsSent() throws IOException {
        Path key = Files.writeString(keys.resolve("a.key"), "c".repeat(4_096));
        challenge("Basic realm=" + key).answers(200, ISSUED);

        assertThat(source().mint()).isNotNull();
    }

    @Test
    void contentThatIsNoKeyIsNotSent() throws IOException {
        refused(Files.writeString(keys.resolve("a.key"), "c4nary\r\nX-Header: y"), "something else than one word");
    }

    @Test
    void fileThatIsMissingOrForbiddenPointsToTheGroup() {
        challenge("Basic realm=" + keys.resolve("gone.key"));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo("ENTRA_ARC_KEY_UNREADABLE");
        assertThat(failure.fix()).contains("group himds");
        assertThat(agent.asked()).hasSize(1);
    }

    @Test
    void refusalWithoutChallengeIsARefusal() {
        agent.answers(401, "{\"error\":\"unauthorized\"}");

        assertThat(failure().code()).isEqualTo("IDP_REFUSED");
        assertThat(agent.asked()).hasSize(1);
    }

    @Test
    void secondChallengeIsNotAnswered() throws IOException {
        Path key = Files.writeString(keys.resolve("a.key"), "c4nary-key");
        challenge("Basic realm=" + key);

        assertThat(failure().code()).isEqualTo("IDP_REFUSED");
        assertThat(agent.asked()).hasSize(2);
    }

    private void refused(Path named, String why) {
        challenge("Basic realm=" + named);

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo("ENTRA_ARC_KEY_REFUSED");
        assertThat(failure).hasMessageContaining(why).hasMessageNotContaining("c4nary");
        assertThat(failure.retryable()).isFalse();
        assertThat(agent.asked()).hasSize(1);
    }

    private ScriptedEntra challenge(String header) {
        return agent.answers(401, "", Map.of("WWW-Authenticate", header));
    }

    private IdpTokenException failure() {
        ManagedIdentityTokenSource source = source();
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }

    private ManagedIdentityTokenSource source() {
        return ManagedIdentityTokenSource.builder()
                .environment(Map.of(
                        "IDENTITY_ENDPOINT",
                        agent.url() + "/metadata/identity/oauth2/token",
                        "IMDS_ENDPOINT",
                        agent.url()))
                .arcKeyDirectory(keys)
                .resource(ScriptedEntra.API)
                .build();
    }
}
