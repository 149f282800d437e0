// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.END;
import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.Lines.file;
import static example.app.ScriptedServer.answer;
import static example.app.ScriptedServer.cutOffAfter;
import static example.app.ScriptedServer.lines;
import static example.app.ScriptedServer.stalledAfter;
import static example.app.SharingTable.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.ResponseFormat;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.TableFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer that is not whole is an error, never fewer files. */
class AnswerIsWholeTest {
    private static final String CAPABILITIES = "delta-sharing-capabilities";
    private static final String PROMISED = "ResponseFormat=Parquet; IncludeEndStreamAction=TRUE";

    private final ScriptedServer server = new ScriptedServer();
    private final SharedTable table = SharingTable.of(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void endThatWasPromisedMustCome() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a")).header(CAPABILITIES, PROMISED));

        SharingException incomplete = failure();

        assertThat(incomplete.code()).isEqualTo("SHARING_ANSWER_INCOMPLETE");
        assertThat(incomplete.retryable()).isTrue();
    }

    @Test
    void endThatWasPromisedAndCameIsGood() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a"), END).header(CAPABILITIES, PROMISED));

        assertThat(SharingTable.read(table::query)).hasSize(1);
    }

    @Test
    void endIsNotMissedWhereNobodyPromisedIt() {
        server.at(
                QUERY,
                lines(PROTOCOL, METADATA, file("a"))
                        .header(CAPABILITIES, "responseformat=parquet;includeendstreamaction=false"));

        assertThat(SharingTable.read(table::query)).hasSize(1);
    }

    @Test
    void failureOfTheSameAnswerStaysOne() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a")).header(CAPABILITIES, PROMISED));

        try (TableFiles files = table.query()) {
            Iterator<DataFile> each = files.files().iterator();
            assertThat(each.next().id()).isEqualTo("a");

            assertThat(SharingTable.failure(each::hasNext).code()).isEqualTo("SHARING_ANSWER_INCOMPLETE");
            assertThat(SharingTable.failure(each::hasNext).code()).isEqualTo("SHARING_ANSWER_INCOMPLETE");
        }
    }

    @Test
    void connectionThatEndsWithinTheAnswerIsAnError() {
        server.at(QUERY, cutOffAfter(PROTOCOL + "\n" + METADATA + "\n" + file("a") + "\n"));

        List<String> seen = new ArrayList<>();
        SharingException lost = SharingTable.failing(() -> {
            try (TableFiles files = table.query()) {
                files.files().forEach(file -> seen.add(file.id()));
            }
        });

        assertThat(lost.code()).isEqualTo("SHARING_ANSWER_LOST");
        assertThat(seen).containsExactly("a");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void lineThatBreaksOffIsAnError() {
        server.at(
                QUERY,
                answer(
                        200,
                        "application/x-ndjson",
                        PROTOCOL + "\n" + METADATA + "\n" + file("a").substring(0, 40)));

        assertThat(failure().code()).isEqualTo("SHARING_ANSWER_INCOMPLETE");
    }

    @Test
    void lastLineNeedsNoLineBreak() {
        server.at(QUERY, answer(200, "application/x-ndjson", PROTOCOL + "\r\n\r\n" + METADATA + "\n \n" + file("a")));

        assertThat(SharingTable.read(table::query)).extracting(DataFile::id).containsExactly("a");
    }

    @Test
    void answerThatStallsIsAnErrorAndItsFirstFilesHaveCome() {
        server.at(QUERY, stalledAfter(PROTOCOL + "\n" + METADATA + "\n" + file("a") + "\n{\"fi"));
        SharedTable impatient = impatient();

        List<String> seen = new ArrayList<>();
        SharingException stalled = SharingTable.failing(() -> {
            try (TableFiles files = impatient.query()) {
                files.files().forEach(file -> seen.add(file.id()));
            }
        });

        assertThat(stalled.code()).isEqualTo("SHARING_TIMED_OUT");
        assertThat(seen).containsExactly("a");
    }

    @Test
    void answerThatStallsBeforeItsMetadataFailsTheQuery() {
        server.at(QUERY, stalledAfter(PROTOCOL + "\n"));
        SharedTable impatient = impatient();

        assertThat(SharingTable.failure(impatient::query).code()).isEqualTo("SHARING_TIMED_OUT");
    }

    @Test
    void serversOwnWordsAreGivenOnWhenItFailsHalfWay() {
        server.at(
                QUERY,
                lines(
                        PROTOCOL,
                        METADATA,
                        file("a"),
                        "{\"endStreamAction\":{\"errorMessage\":\"BAD REQUEST: see https://s.example.com/f?sig=presigned-secret\","
                                + "\"httpStatusErrorCode\":400}}"));

        SharingException failed = failure();

        assertThat(failed.code()).isEqualTo("SHARING_ANSWER_FAILED");
        assertThat(failed.retryable()).isFalse();
        assertThat(failed).hasMessageContaining("BAD REQUEST").hasMessageNotContaining("presigned-secret");
    }

    @Test
    void errorInTheFirstLineIsNoAnswer() {
        server.at(QUERY, lines("{\"errorCode\":\"INTERNAL_ERROR\",\"message\":\"the log is gone\"}"));

        assertThat(failure()).hasMessageContaining("the log is gone");
    }

    @Test
    void newActionsAreNotNeededByWhoDoesNotKnowThem() {
        server.at(QUERY, lines(PROTOCOL, METADATA, "{\"queryInfo\":{}}", file("a"), END));

        assertThat(SharingTable.read(table::query)).hasSize(1);
    }

    @Test
    void linesThatAreNoneOfTheProtocolAreErrors() {
        for (String bad : List.of(
                "no json",
                "[]",
                "{\"file\":{\"id\":\"x\",\"size\":1}}",
                "{\"file\":{\"url\":\"https://s.example.com\",\"id\":\"x\"}}",
                "{\"file\":null,\"add\":7}",
                "{\"file\":{\"id\":\"x\",\"deltaSingleAction\":{\"txn\":{}}}}",
                file("a").replace("}}", "},\"metaData\":{\"id\":\"m\",\"schemaString\":\"s\"}}"),
                file("a").replace("\"id\"", "\"url\":\"https://other.example.com\",\"id\""))) {
            server.at(QUERY, lines(PROTOCOL, METADATA, bad, END));

            assertThat(failure().code()).as(bad).isEqualTo("SHARING_REPLY_UNREADABLE");
        }
    }

    @Test
    void filesBehindTheEndAreAnError() {
        server.at(QUERY, lines(PROTOCOL, METADATA, END, file("a")));

        assertThat(failure().code()).isEqualTo("SHARING_REPLY_UNREADABLE");
    }

    @Test
    void answerBeginsWithProtocolAndMetadata() {
        server.at(QUERY, lines(METADATA, PROTOCOL));
        assertThat(failure().code()).isEqualTo("SHARING_REPLY_UNREADABLE");

        server.at(QUERY, lines(PROTOCOL, file("a")));
        assertThat(failure().code()).isEqualTo("SHARING_REPLY_UNREADABLE");

        server.at(QUERY, answer(200, "application/x-ndjson", ""));
        assertThat(failure().code()).isEqualTo("SHARING_REPLY_UNREADABLE");
    }

    @Test
    void lineIsBoundedInLength() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a".repeat((16 << 20) + 1))));

        assertThat(failure()).hasMessageContaining("longer than 16777216 bytes");
    }

    @Test
    void formatThatWasNotOfferedIsAnError() {
        server.at(QUERY, lines(Lines.DELTA_PROTOCOL, Lines.DELTA_METADATA));

        assertThat(failure().code()).isEqualTo("SHARING_PROTOCOL_UNSUPPORTED");
    }

    @Test
    void readerFeatureThatWasNotOfferedIsAnError() {
        server.at(QUERY, lines(Lines.DELTA_PROTOCOL, Lines.DELTA_METADATA));
        SharedTable delta = SharingTable.client(server)
                .responseFormats(ResponseFormat.DELTA)
                .readerFeatures("columnMapping")
                .build()
                .table("sales", "emea", "orders");

        SharingException unsupported = SharingTable.failure(delta::query);

        assertThat(unsupported.code()).isEqualTo("SHARING_PROTOCOL_UNSUPPORTED");
        assertThat(unsupported).hasMessageContaining("deletionVectors");
    }

    @Test
    void readerVersionOfTheFutureIsAnError() {
        server.at(QUERY, lines(PROTOCOL.replace(":1", ":2"), METADATA));

        assertThat(failure().code()).isEqualTo("SHARING_PROTOCOL_UNSUPPORTED");
    }

    private SharedTable impatient() {
        return SharingTable.client(server)
                .requestTimeout(Duration.ofMillis(300))
                .build()
                .table("sales", "emea", "orders");
    }

    private SharingException failure() {
        return SharingTable.failure(() -> SharingTable.read(table::query));
    }
}
