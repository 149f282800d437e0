// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.END;
import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.Lines.file;
import static example.app.ScriptedServer.lines;
import static example.app.SharingTable.QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.ResponseFormat;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.TableFiles;
import io.tokenfederation.deltasharing.TableQuery;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages of files are one answer, about one table at one version, or an error. */
class FilePagesTest {
    private static final String VERSION = "delta-table-version";

    private final ScriptedServer server = new ScriptedServer();
    private final SharedTable table = SharingTable.of(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pagesOfFilesAreOneStream() {
        server.at(
                QUERY,
                lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")),
                lines(PROTOCOL, METADATA, file("b"), Lines.nextPage("p3")),
                lines(PROTOCOL, METADATA, file("c"), END));

        List<DataFile> files =
                SharingTable.read(() -> table.query(TableQuery.all().maxFiles(1)));

        assertThat(files).extracting(DataFile::id).containsExactly("a", "b", "c");
        assertThat(server.requests())
                .extracting(ScriptedServer.Request::body)
                .containsExactly(
                        "{\"maxFiles\":1}",
                        "{\"maxFiles\":1,\"pageToken\":\"p2\"}",
                        "{\"maxFiles\":1,\"pageToken\":\"p3\"}");
    }

    @Test
    void changesArePagedByAParameter() {
        server.at(
                SharingTable.PATH + "/changes",
                lines(PROTOCOL, METADATA, file("add", "a", "https://s.example.com/a", ""), Lines.nextPage("p2")),
                lines(PROTOCOL, METADATA, file("add", "b", "https://s.example.com/b", "")));

        assertThat(SharingTable.read(() -> table.changes(0, 2)))
                .extracting(DataFile::id)
                .containsExactly("a", "b");
        assertThat(server.last().query()).contains("pageToken=p2").contains("startingVersion=0");
        assertThatIllegalArgumentException().isThrownBy(() -> table.changes(2, 1));
    }

    @Test
    void pagesThatLeadInACircleAreAnError() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")));

        SharingException loop = SharingTable.failure(
                () -> SharingTable.read(() -> table.query(TableQuery.all().maxFiles(1))));

        assertThat(loop.code()).isEqualTo("SHARING_PAGES_LOOP");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void pageAboutAnotherTableIsAnError() {
        server.at(
                QUERY,
                lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")),
                lines(PROTOCOL, METADATA.replace("f8d5c169", "another"), file("b"), END));

        assertThat(failure().code()).isEqualTo("SHARING_REPLY_UNREADABLE");
    }

    @Test
    void pagesOfTwoVersionsAreAnError() {
        server.at(
                QUERY,
                lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")).header(VERSION, "7"),
                lines(PROTOCOL, METADATA, file("b"), END).header(VERSION, "8"));

        SharingException mixed = failure();

        assertThat(mixed.code()).isEqualTo("SHARING_REPLY_UNREADABLE");
        assertThat(mixed).hasMessageContaining("version");
    }

    @Test
    void pageThatDoesNotSayItsVersionIsTakenForOneOfTheSame() {
        server.at(
                QUERY,
                lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")).header(VERSION, "7"),
                lines(PROTOCOL, METADATA, file("b"), END));

        assertThat(SharingTable.read(table::query)).hasSize(2);
    }

    @Test
    void pagesOfTwoFormatsAreAnError() {
        server.at(
                QUERY,
                lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")),
                lines(Lines.DELTA_PROTOCOL, Lines.DELTA_METADATA, END));
        SharedTable both = SharingTable.client(server)
                .responseFormats(ResponseFormat.PARQUET, ResponseFormat.DELTA)
                .readerFeatures("deletionVectors")
                .build()
                .table("sales", "emea", "orders");

        SharingException mixed = SharingTable.failure(() -> SharingTable.read(both::query));

        assertThat(mixed.code()).isEqualTo("SHARING_REPLY_UNREADABLE");
        assertThat(mixed).hasMessageContaining("formats");
    }

    @Test
    void tokenThatIsNoTextIsAnError() {
        for (String token : List.of("17", "true", "{}")) {
            server.at(
                    QUERY,
                    lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p").replace("\"p\"", token)));

            assertThat(failure().code()).as(token).isEqualTo("SHARING_REPLY_UNREADABLE");
        }
    }

    @Test
    void tokenThatIsNullOrEmptyEndsTheFiles() {
        for (String token : List.of("null", "\"\"")) {
            server.at(
                    QUERY,
                    lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p").replace("\"p\"", token)));

            assertThat(SharingTable.read(table::query)).as(token).hasSize(1);
        }
    }

    @Test
    void pagesThatStayEmptyLeadNowhere() {
        server.at(
                QUERY,
                IntStream.range(0, 1_100)
                        .mapToObj(page -> lines(PROTOCOL, METADATA, Lines.nextPage("p" + page))
                                .header("Connection", "close"))
                        .toArray(ScriptedServer.Reply[]::new));

        assertThat(failure().code()).isEqualTo("SHARING_PAGES_LOOP");
        assertThat(server.requests()).hasSize(1_000);
    }

    @Test
    void failureOfTheTokenSourceBetweenPagesStaysWhatItWas() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a"), Lines.nextPage("p2")));
        AtomicInteger asked = new AtomicInteger();
        SharedTable flaky = SharingTable.client(server)
                .tokens(() -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "down for a moment"));
                    }
                    return DatabricksToken.of(SharingTable.TOKEN, Instant.MAX);
                })
                .build()
                .table("sales", "emea", "orders");

        try (TableFiles files = flaky.query()) {
            Iterator<DataFile> each = files.files().iterator();
            each.next();

            for (int again = 0; again < 2; again++) {
                assertThat(catchThrowableOfType(IdpTokenException.class, each::hasNext)
                                .code())
                        .isEqualTo("IDP_UNREACHABLE");
            }
        }
        assertThat(asked).hasValue(2);
    }

    private SharingException failure() {
        return SharingTable.failure(() -> SharingTable.read(table::query));
    }
}
