// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.ScriptedServer.answer;
import static example.app.ScriptedServer.cutOffAfter;
import static example.app.ScriptedServer.lines;
import static example.app.ScriptedServer.stalledAfter;
import static example.app.SharingTable.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are fetched by their own addresses, whole or not at all. */
class FileDownloadTest {
    private static final String CONTENT = "x".repeat(573);

    private final ScriptedServer server = new ScriptedServer();
    private final ScriptedServer storage = new ScriptedServer();
    private final SharingClient client = SharingTable.client(server).build();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
        storage.close();
    }

    @Test
    void fileIsFetchedWithoutTheToken() throws IOException {
        storage.at("/f", answer(200, "application/octet-stream", CONTENT));

        Path target = client.download(file(""), folder.resolve("f.parquet"));

        assertThat(target).hasContent(CONTENT);
        assertThat(storage.requests()).hasSize(1);
        assertThat(storage.last().query()).isEqualTo("sig=presigned-secret");
        assertThat(storage.last().headers()).doesNotContainKey("Authorization");
        assertThat(storage.last().headers().toString()).doesNotContain(SharingTable.TOKEN);
        assertThat(filesIn(folder)).containsExactly("f.parquet");
    }

    @Test
    void fileIsReadAsItComes() throws IOException {
        storage.at("/f", answer(200, "application/octet-stream", CONTENT));

        try (InputStream in = client.open(file(""))) {
            assertThat(in.read()).isEqualTo('x');
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).hasSize(572);
        }
    }

    @Test
    void shorterFileIsNotTakenForTheWholeAndLeavesNothingBehind() throws IOException {
        storage.at("/f", answer(200, "application/octet-stream", "too short"));

        SharingException incomplete = failure(file(""));

        assertThat(incomplete.code()).isEqualTo("SHARING_FILE_INCOMPLETE");
        assertThat(storage.requests()).hasSize(3);
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void longerFileIsAnotherFile() {
        storage.at("/f", answer(200, "application/octet-stream", CONTENT + "y"));

        SharingException longer = failure(file(""));

        assertThat(longer.code()).isEqualTo("SHARING_FILE_INCOMPLETE");
        assertThat(longer.retryable()).isFalse();
        assertThat(storage.requests()).hasSize(1);
    }

    @Test
    void streamThatFailedGoesOnFailing() throws IOException {
        for (String wrong : List.of("too short", CONTENT + "y")) {
            storage.at("/f", answer(200, "application/octet-stream", wrong));
            try (InputStream in = client.open(file(""))) {
                assertThat(SharingTable.failing(() -> drained(in)).code()).isEqualTo("SHARING_FILE_INCOMPLETE");

                assertThat(SharingTable.failing(() -> drained(in)).code()).isEqualTo("SHARING_FILE_INCOMPLETE");
            }
        }
    }

    @Test
    void fileThatStallsIsFetchedAgain() {
        storage.at("/f", stalledAfter("xx"), answer(200, "application/octet-stream", CONTENT));
        SharingClient impatient = SharingTable.client(server)
                .requestTimeout(Duration.ofMillis(500))
                .build();

        assertThat(impatient.download(file(""), folder.resolve("f"))).hasContent(CONTENT);
    }

    @Test
    void fileThatBreaksOffIsFetchedAgain() {
        storage.at("/f", cutOffAfter("xx"), answer(200, "application/octet-stream", CONTENT));

        assertThat(client.download(file(""), folder.resolve("f"))).hasContent(CONTENT);
    }

    @Test
    void fileThatStallsIsAnError() {
        storage.at("/f", stalledAfter("xx"));
        SharingClient impatient = SharingTable.client(server)
                .requestTimeout(Duration.ofMillis(300))
                .build();
        DataFile file = file("");

        assertThat(SharingTable.failure(() -> impatient.download(file, folder.resolve("f")))
                        .code())
                .isEqualTo("SHARING_TIMED_OUT");
    }

    @Test
    void storageThatIsBusyIsAskedAgain() {
        storage.at(
                "/f",
                answer(503, "application/xml", "<Error><Code>SlowDown</Code></Error>"),
                answer(200, "application/octet-stream", CONTENT));

        assertThat(client.download(file(""), folder.resolve("f"))).hasContent(CONTENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | <Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error> | AccessDenied",
                "400 | <Error><Code>ExpiredToken</Code><Message>The provided token is old</Message></Error> | ExpiredToken",
                "403 | <Error><Code>AuthenticationFailed</Code><AuthenticationErrorDetail>Signature not valid in the specified"
                        + " time frame</AuthenticationErrorDetail></Error> | AuthenticationFailed"
            })
    void expiredAddressSaysToQueryAgain(int status, String body, String code) {
        storage.at("/f", answer(status, "application/xml", body));

        SharingException expired = failure(file(""));

        assertThat(expired.code()).isEqualTo("SHARING_FILE_EXPIRED");
        assertThat(expired.fix()).contains("Query the table again");
        assertThat(expired).hasMessageContaining("(" + code + ")").hasMessageNotContaining("presigned-secret");
        assertThat(storage.requests()).hasSize(1);
    }

    @Test
    void addressWhoseTimeIsOverIsExpiredWhateverTheStorageSays() {
        storage.at("/f", answer(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>"));

        assertThat(failure(file(",\"expirationTimestamp\":1652144400000")).code())
                .isEqualTo("SHARING_FILE_EXPIRED");
    }

    @Test
    void addressThatIsStillGoodIsRefusedForAnotherReason() {
        storage.at(
                "/f",
                answer(
                        403,
                        "application/xml",
                        "<Error><Code>AccessDenied</Code><StringToSign>presigned-secret</StringToSign></Error>"));

        SharingException refused = failure(file(",\"expirationTimestamp\":4102444800000"));

        assertThat(refused.code()).isEqualTo("SHARING_FILE_REFUSED");
        assertThat(refused).hasMessageContaining("(AccessDenied)").hasMessageNotContaining("presigned-secret");
    }

    @Test
    void redirectOfTheStorageIsNotFollowed() {
        storage.at("/f", answer(307, "text/plain", "").header("Location", server.uri() + "/elsewhere"));

        assertThat(failure(file("")).code()).isEqualTo("SHARING_FILE_REFUSED");
        assertThat(server.requests("/elsewhere")).isEmpty();
    }

    /** Else whoever shares could have the reader's machine ask what listens on it. */
    @Test
    void serverElsewhereSendsNobodyToThisMachine() {
        server.at(QUERY, lines(PROTOCOL, METADATA, Lines.file("file", "a", storage.uri() + "/f?sig=presigned", "")));
        DataFile file = SharingTable.read(SharingTable.of(server)::query).get(0);
        SharingClient elsewhere = SharingClient.builder()
                .endpoint(URI.create("https://sharing.example.com/delta-sharing"))
                .tokens(() -> DatabricksToken.of("token", Instant.parse("2099-01-01T00:00:00Z")))
                .build();

        assertThat(SharingTable.failure(() -> elsewhere.open(file)).code()).isEqualTo("SHARING_FILE_ADDRESS");
        assertThat(storage.requests("/f")).isEmpty();
    }

    @Test
    void addressThatIsNotHttpsIsNotAskedAndNotQuoted() {
        for (String address : new String[] {
            "http://storage.example.com/f?sig=presigned-secret",
            "file:///etc/passwd?presigned-secret",
            "https://u:presigned-secret@storage.example.com/f",
            "https://storage.example.com/a b?presigned-secret",
            "https://bad_host/presigned-secret"
        }) {
            server.at(QUERY, lines(PROTOCOL, METADATA, Lines.file("file", "a", address, "")));
            DataFile file = SharingTable.read(SharingTable.of(server)::query).get(0);

            SharingException refused = failure(file);

            assertThat(refused.code()).as(address).isEqualTo("SHARING_FILE_ADDRESS");
            assertThat(refused).hasMessageNotContaining("presigned-secret").hasNoCause();
        }
    }

    @Test
    void folderThatIsNotThereIsTheApplicationsToMake() {
        storage.at("/f", answer(200, "application/octet-stream", CONTENT));
        DataFile file = file("");

        SharingException failed = SharingTable.failure(
                () -> client.download(file, folder.resolve("none").resolve("f")));

        assertThat(failed.code()).isEqualTo("SHARING_FILE_NOT_WRITTEN");
    }

    private static void drained(InputStream in) {
        try {
            in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataFile file(String more) {
        String address = storage.uri() + "/f?sig=presigned-secret";
        server.at(QUERY, lines(PROTOCOL, METADATA, Lines.file("file", "a", address, more)));
        return SharingTable.read(SharingTable.of(server)::query).get(0);
    }

    private SharingException failure(DataFile file) {
        return SharingTable.failure(() -> client.download(file, folder.resolve("f")));
    }

    private static String[] filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
        }
    }
}
