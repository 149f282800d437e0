// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.END;
import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.Lines.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingClient;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the end of the connection is all that ends an answer, as behind old proxies, it must say itself that it is whole. */
class AnswerOfUnknownLengthTest {
    private static final String FILES = PROTOCOL + "\n" + METADATA + "\n" + file("a") + "\n";

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void answerWithNeitherLengthNorEndMayHaveBeenCutOff(String version) {
        try (RawServer server = new RawServer(version + " 200 OK\r\nConnection: close\r\n\r\n" + FILES)) {
            SharedTable table = table(server);

            assertThat(SharingTable.failure(() -> SharingTable.read(table::query))
                            .code())
                    .isEqualTo("SHARING_ANSWER_INCOMPLETE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void itsOwnEndIsAsGoodAsALength(String version) {
        try (RawServer server = new RawServer(version + " 200 OK\r\nConnection: close\r\n\r\n" + FILES + END)) {
            assertThat(SharingTable.read(table(server)::query))
                    .extracting(DataFile::id)
                    .containsExactly("a");
        }
    }

    @Test
    void lengthIsAsGoodAsAnEnd() {
        try (RawServer server = new RawServer(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + FILES.length() + "\r\n\r\n" + FILES)) {
            assertThat(SharingTable.read(table(server)::query)).hasSize(1);
        }
    }

    @Test
    void chunksAreAsGoodAsAnEnd() {
        try (RawServer server =
                new RawServer("HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n"
                        + Integer.toHexString(FILES.length()) + "\r\n" + FILES + "\r\n0\r\n\r\n")) {
            assertThat(SharingTable.read(table(server)::query)).hasSize(1);
        }
    }

    private static SharedTable table(RawServer server) {
        return SharingClient.builder()
                .endpoint(server.uri())
                .tokens(() -> DatabricksToken.of(SharingTable.TOKEN, Instant.MAX))
                .build()
                .table("sales", "emea", "orders");
    }
}
