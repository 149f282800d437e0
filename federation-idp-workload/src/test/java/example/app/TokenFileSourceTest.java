// SPDX-License-Identifier: Apache-2.0
package example.app;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.workload.TokenFileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileSourceTest {
    private static final String CLUSTER = "https://oidc.eks.eu-west-1.amazonaws.com/id/1";
    private static final String SUBJECT = "system:serviceaccount:prod:backend";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s\n", "%s\r\n", "\uFEFF%s\r\n", "\n\n  %s  \n\n", "\t%s"})
    void oneLineIsReadWhateverIsAroundIt(String form) throws IOException {
        String jwt = Jwts.of(CLUSTER, Jwts.AUDIENCE, SUBJECT);
        Files.writeString(file, String.format(form, jwt));

        assertThat(TokenFileSource.of(file).mint().value()).isEqualTo(jwt);
    }

    @Test
    void fileIsReadAnewEachTime() throws IOException {
        TokenFileSource source = TokenFileSource.of(file);
        for (String subject : new String[] {"first", "second"}) {
            Files.writeString(file, Jwts.of(CLUSTER, Jwts.AUDIENCE, subject));

            assertThat(source.mint().subject()).isEqualTo(subject);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "'\n \r\n', is empty", "'canary7c1f0e5d\nb', has 2 lines", "'a\n\nb\nc', has 3 lines"})
    void w7FileMustHoldExactlyOneLine(String text, String said) throws IOException {
        Files.writeString(file, text);

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_NOT_ONE_LINE");
        assertThat(failure.retryable())
                .as("the file may be put right at any moment")
                .isTrue();
        assertThat(failure).hasMessageContaining(said).hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "dapicanary7c1f0e5d, Databricks",
        "Bearer eyJ.canary7c1f0e5d.x, without 'Bearer '",
        "canary7c1f0e5d, replaced by renaming"
    })
    void whatIsNoJwtIsNamedByItsFile(String text, String fix) throws IOException {
        Files.writeString(file, text);

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_NO_JWT");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("the file " + file);
        assertThat(failure.fix()).contains(fix);
    }

    @Test
    void w7FileOfAWindowsShellIsTold() throws IOException {
        Files.write(file, ("\uFEFF" + Jwts.of(CLUSTER, Jwts.AUDIENCE, SUBJECT)).getBytes(UTF_16LE));

        assertThat(Failures.of(TokenFileSource.of(file))).hasMessageContaining("UTF-16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary7c1f0e5d", "eyJ.canary7c1f0e5d.x"})
    void whatIsNoJwtIsNotQuoted(String text) throws IOException {
        Files.writeString(file, text);

        assertThat(Failures.of(TokenFileSource.of(file)).code()).isEqualTo("WORKLOAD_FILE_NO_JWT");
    }

    @Test
    void missingFileMayStillCome() {
        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_MISSING");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining(file.toString());
    }

    @Test
    void directoryIsNoTokenFile() {
        IdpTokenException failure = Failures.of(TokenFileSource.of(directory));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_UNREADABLE");
        assertThat(failure).hasMessageContaining("it is a directory");
    }

    @Test
    void largeFileIsNoTokenFile() throws IOException {
        Files.writeString(file, "a".repeat(64 * 1024 + 1));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_UNREADABLE");
        assertThat(failure).hasMessageContaining("larger than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kubernetes.default.svc",
                "https://kubernetes.default.svc.cluster.local",
                CLUSTER,
                "k3s",
                "api"
            })
    void w5TokenForTheClustersOwnApiIsRefused(String audience) throws IOException {
        Files.writeString(file, Jwts.of(CLUSTER, audience, SUBJECT));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("KUBERNETES_API_AUDIENCE");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(audience);
        assertThat(failure.fix()).contains("serviceAccountToken");
    }

    @Test
    void w5WhoeverWantsThatAudienceMaySaySo() throws IOException {
        Files.writeString(file, Jwts.of(CLUSTER, "https://kubernetes.default.svc", SUBJECT));

        assertThat(TokenFileSource.of(file)
                        .audience("https://kubernetes.default.svc")
                        .mint())
                .isNotNull();
    }

    @Test
    void audienceIsComparedWhereOneIsExpected() throws IOException {
        Files.writeString(file, Jwts.of(CLUSTER, "https://other.example.com", SUBJECT));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file).audience(Jwts.AUDIENCE));

        assertThat(failure.code()).isEqualTo("WORKLOAD_AUDIENCE_UNEXPECTED");
        assertThat(failure).hasMessageContaining("https://other.example.com");
    }

    @Test
    void w6FileThatIsNeverReplacedNamesSubPath() throws IOException {
        expired(Duration.ofHours(2));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(3))));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_NOT_REPLACED");
        assertThat(failure.retryable())
                .as("the file may come back at any moment")
                .isTrue();
        assertThat(failure.fix()).contains("subPath");
        assertThat(failure).hasMessageContaining("last written at");
    }

    @Test
    void w6FileTheKubeletKeepsIsOnlyLate() throws IOException {
        Path data = Files.createDirectory(directory.resolve("..2026_01"));
        Files.createSymbolicLink(directory.resolve("..data"), data.getFileName());
        expired(Duration.ofHours(2));
        Files.move(file, data.resolve("token"));
        Files.createSymbolicLink(file, Path.of("..data", "token"));
        Files.setLastModifiedTime(
                data.resolve("token"), FileTime.from(Instant.now().minus(Duration.ofHours(3))));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_EXPIRED");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void fileWrittenAfterItsTokensEndIsAMatterOfClocks() throws IOException {
        expired(Duration.ofHours(2));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_EXPIRED");
        assertThat(failure.fix()).contains("clocks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-30S", "PT0S", "PT20S"})
    void tokenThatEndsJustNowMayBeReplacedAnyMoment(Duration left) throws IOException {
        Files.writeString(file, Jwts.of(CLUSTER, Jwts.AUDIENCE, SUBJECT, left));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        assertThat(Failures.of(TokenFileSource.of(file)).code()).isEqualTo("WORKLOAD_FILE_EXPIRED");
    }

    @Test
    void w16SvidWithoutAnIssuerNamesSpiresSetting() throws IOException {
        Files.writeString(
                file,
                Jwts.withClaims("\"sub\":\"spiffe://example.org/backend\",\"aud\":[\"" + Jwts.AUDIENCE
                        + "\"],\"exp\":4102444800"));

        IdpTokenException failure = Failures.of(TokenFileSource.of(file));

        assertThat(failure.code()).isEqualTo("SPIFFE_ISSUER_MISSING");
        assertThat(failure.fix()).contains("jwt_issuer");
    }

    @Test
    void tokenOfASecretNeverEndsAndIsRefused() throws IOException {
        Files.writeString(file, Jwts.withClaims("\"iss\":\"kubernetes/serviceaccount\",\"sub\":\"" + SUBJECT + "\""));

        assertThat(Failures.of(TokenFileSource.of(file)).code()).isEqualTo("KUBERNETES_LEGACY_TOKEN");
    }

    @Test
    void otherMissingClaimsStayWhatTheyAre() throws IOException {
        Files.writeString(file, Jwts.withClaims("\"iss\":\"https://i\",\"sub\":\"s\",\"exp\":4102444800"));

        assertThat(Failures.of(TokenFileSource.of(file)).code()).isEqualTo("IDP_TOKEN_CLAIM_MISSING");
    }

    @Test
    void pathIsPrintedAndTheAudienceChecked() {
        assertThat(TokenFileSource.of(Path.of("/var/token")).audience("a"))
                .hasToString("TokenFileSource[/var/token, audience=a]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenFileSource.of(file).audience(" "));
    }

    private void expired(Duration ago) throws IOException {
        Files.writeString(file, Jwts.of(CLUSTER, Jwts.AUDIENCE, SUBJECT, ago.negated()));
    }

    /** Writers that write in place and are stopped half-way leave a file that stands still. */
    @ParameterizedTest
    @ValueSource(ints = {10, 60, 100})
    void fileThatIsHalfWrittenIsReadAgainLater(int written) throws IOException {
        String jwt = Jwts.of(CLUSTER, Jwts.AUDIENCE, SUBJECT);
        TokenFileSource source = TokenFileSource.of(file);
        Files.writeString(file, jwt.substring(0, written));

        IdpTokenException failure = Failures.of(source);
        Files.writeString(file, jwt);

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_NO_JWT");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining(file.toString());
        assertThat(source.mint().value()).isEqualTo(jwt);
    }
}
