// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.END;
import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.Lines.file;
import static example.app.ScriptedServer.json;
import static example.app.ScriptedServer.lines;
import static example.app.SharingTable.QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.deltasharing.ChangesQuery;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.DeletionVector;
import io.tokenfederation.deltasharing.FileKind;
import io.tokenfederation.deltasharing.ResponseFormat;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.TableAction;
import io.tokenfederation.deltasharing.TableFiles;
import io.tokenfederation.deltasharing.TableMetadata;
import io.tokenfederation.deltasharing.TableQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a query asks, and what its answer brings. */
class TableQueryTest {
    private static final String STATS =
            "{\\\"numRecords\\\":1,\\\"minValues\\\":{\\\"price\\\":1.10,\\\"big\\\":12345678901234567890.0},\\\"nullCount\\\":{}}";

    private final ScriptedServer server = new ScriptedServer();
    private final SharedTable table = SharingTable.of(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void wholeTableIsAskedForByAnEmptyObject() {
        server.at(QUERY, lines(PROTOCOL, METADATA));

        assertThat(SharingTable.read(table::query)).isEmpty();

        assertThat(server.last().method()).isEqualTo("POST");
        assertThat(server.last().body()).isEqualTo("{}");
        assertThat(server.last().header("Content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(server.last().header("Delta-sharing-capabilities"))
                .isEqualTo("responseformat=parquet;includeendstreamaction=true");
    }

    @Test
    void everySettingIsAFieldOfTheRequest() {
        server.at(QUERY, lines(PROTOCOL, METADATA));

        SharingTable.read(() -> table.query(TableQuery.all()
                .predicateHint("date >= '2021-01-01'")
                .predicateHint("date <= '2021-01-31'")
                .jsonPredicateHints("{\"op\":\"not\"}")
                .limitHint(1_000)
                .version(123)
                .maxFiles(5)
                .includeRefreshToken()));

        assertThat(server.last().body())
                .isEqualTo("{\"predicateHints\":[\"date >= '2021-01-01'\",\"date <= '2021-01-31'\"],"
                        + "\"jsonPredicateHints\":\"{\\\"op\\\":\\\"not\\\"}\",\"limitHint\":1000,\"version\":123,"
                        + "\"maxFiles\":5,\"includeRefreshToken\":true}");
    }

    @Test
    void timeTravelIsByVersionOrTimeAndNotByBoth() {
        server.at(QUERY, lines(PROTOCOL, METADATA));

        SharingTable.read(() -> table.query(TableQuery.all().asOf(Instant.parse("2022-01-01T00:00:00Z"))));

        assertThat(server.last().body()).isEqualTo("{\"timestamp\":\"2022-01-01T00:00:00Z\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableQuery.all().version(1).asOf(Instant.EPOCH));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableQuery.all().refresh("t").startingVersion(1));
        assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.all().version(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.all().jsonPredicateHints("date = 1"));
    }

    @Test
    void fileIsGivenAsItCame() {
        server.at(
                QUERY,
                lines(
                                PROTOCOL,
                                METADATA,
                                file(
                                        "file",
                                        "591723a8",
                                        "https://s.example.com/f?sig=presigned-secret",
                                        ",\"stats\":\"" + STATS
                                                + "\",\"version\":7,\"timestamp\":1652140800000,\"expirationTimestamp\":1652144400000"))
                        .header("Delta-Table-Version", "123"));

        try (TableFiles files = table.query()) {
            DataFile file = files.files().findFirst().orElseThrow();

            assertThat(files.version()).hasValue(123);
            assertThat(files.format()).isEqualTo(ResponseFormat.PARQUET);
            assertThat(file.kind()).isEqualTo(FileKind.ADD);
            assertThat(file.id()).isEqualTo("591723a8");
            assertThat(file.size()).hasValue(573);
            assertThat(file.partitionValues()).isEqualTo(Map.of("date", "2021-04-28"));
            assertThat(file.statistics()).contains(STATS.replace("\\\"", "\""));
            assertThat(file.numRecords()).hasValue(1);
            assertThat(file.version()).hasValue(7);
            assertThat(file.timestamp()).contains(Instant.parse("2022-05-10T00:00:00Z"));
            assertThat(file.urlExpiresAt()).contains(Instant.parse("2022-05-10T01:00:00Z"));
            assertThat(file.url()).isEqualTo("https://s.example.com/f?sig=presigned-secret");
            assertThat(file.deltaAction()).isEmpty();
            assertThat(file.deletionVector()).isEmpty();
            assertThat(file).hasToString("DataFile[ADD 591723a8, 573 bytes]");
        }
    }

    @Test
    void fileIsKeptUnderANameThatLeadsNowhereElse() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("591723a8-6a27"), file("../../etc/passwd"), file("A1")));

        List<DataFile> files = SharingTable.read(table::query);

        assertThat(files.get(0).fileName()).isEqualTo("591723a8-6a27.parquet");
        assertThat(files.get(1).fileName()).matches("[0-9a-f]{64}\\.parquet");
        assertThat(files.get(2).fileName()).matches("[0-9a-f]{64}\\.parquet");
    }

    @Test
    void metadataIsThereBeforeTheFirstFileIsRead() {
        server.at(QUERY, lines(PROTOCOL, METADATA, file("a")).header("Delta-Table-Version", "5"));

        try (TableFiles files = table.query()) {
            TableMetadata metadata = files.metadata();

            assertThat(metadata.id()).isEqualTo("f8d5c169");
            assertThat(metadata.schemaString()).isEqualTo("{\"type\":\"struct\",\"fields\":[]}");
            assertThat(metadata.partitionColumns()).containsExactly("date");
            assertThat(metadata.configuration()).isEqualTo(Map.of("enableChangeDataFeed", "true"));
            assertThat(metadata.size()).hasValue(1_146);
            assertThat(metadata.numFiles()).hasValue(2);
            assertThat(metadata.version()).hasValue(5);
            assertThat(metadata.deltaMetadata()).isEmpty();
        }
    }

    @Test
    void filesComeOnce() {
        server.at(QUERY, lines(PROTOCOL, METADATA));

        try (TableFiles files = table.query()) {
            assertThat(files.files()).isEmpty();
            assertThatIllegalStateException().isThrownBy(files::files);
        }
    }

    @Test
    void endSaysUntilWhenTheAddressesAreGoodAndHowToRefreshThem() {
        server.at(
                QUERY,
                lines(
                        PROTOCOL,
                        METADATA,
                        file("a"),
                        "{\"endStreamAction\":{\"refreshToken\":\"refresh-secret\",\"minUrlExpirationTimestamp\":1652140800000}}"));

        try (TableFiles files = table.query(TableQuery.all().includeRefreshToken())) {
            assertThat(files.end()).isEmpty();
            assertThat(files.files()).hasSize(1);
            assertThat(files.end()).hasValueSatisfying(end -> {
                assertThat(end.urlsExpireAt()).contains(Instant.parse("2022-05-10T00:00:00Z"));
                assertThat(end.refreshToken()).contains("refresh-secret");
                assertThat(end.toString()).doesNotContain("refresh-secret");
            });
        }
        TableQuery refresh = TableQuery.all().refresh("refresh-secret");
        SharingTable.read(() -> table.query(refresh));
        assertThat(server.last().body()).isEqualTo("{\"refreshToken\":\"refresh-secret\"}");
        assertThat(refresh.toString()).doesNotContain("refresh-secret");
    }

    @Test
    void deltaFormatIsOfferedWithTheReadersFeaturesAndGivenOn() {
        String action =
                "{\"add\":{\"path\":\"https://s.example.com/f?sig=presigned-secret\",\"size\":9,\"partitionValues\":"
                        + "{\"date\":null},\"stats\":\"{\\\"numRecords\\\":10}\",\"deletionVector\":{\"storageType\":\"p\","
                        + "\"pathOrInlineDv\":\"https://s.example.com/dv?sig=presigned-secret\",\"offset\":4,\"sizeInBytes\":40,"
                        + "\"cardinality\":3}}}";
        server.at(
                QUERY,
                lines(
                        Lines.DELTA_PROTOCOL,
                        Lines.DELTA_METADATA,
                        "{\"file\":{\"id\":\"a\",\"deletionVectorFileId\":\"d\",\"deltaSingleAction\":" + action
                                + "}}"));
        SharedTable delta = SharingTable.client(server)
                .responseFormats(ResponseFormat.DELTA, ResponseFormat.PARQUET)
                .readerFeatures("deletionVectors", "columnMapping")
                .build()
                .table("sales", "emea", "orders");

        try (TableFiles files = delta.query()) {
            DataFile file = files.files().findFirst().orElseThrow();

            assertThat(files.format()).isEqualTo(ResponseFormat.DELTA);
            assertThat(files.protocol().readerFeatures()).containsExactly("deletionVectors");
            assertThat(files.metadata().version()).hasValue(20);
            assertThat(files.metadata().deltaMetadata())
                    .hasValueSatisfying(json -> assertThat(json).contains("f8d5c169"));
            assertThat(file.size()).hasValue(9);
            assertThat(file.partitionValues()).isEqualTo(Map.of("date", ""));
            assertThat(file.numRecords()).hasValue(10);
            assertThat(file.deltaAction()).contains(action);
            assertThat(file.deletionVector())
                    .contains(new DeletionVector(
                            "p", "https://s.example.com/dv?sig=presigned-secret", OptionalLong.of(4), 40, 3));
            assertThat(file + " " + file.deletionVector()).doesNotContain("presigned-secret");
        }
        assertThat(server.last().header("Delta-sharing-capabilities"))
                .isEqualTo(
                        "responseformat=delta,parquet;readerfeatures=columnmapping,deletionvectors;includeendstreamaction=true");
    }

    @Test
    void changesAreOfThreeKindsWithTheMetadataOfTheTime() {
        server.at(
                SharingTable.PATH + "/changes",
                lines(
                        PROTOCOL,
                        METADATA,
                        file("add", "a", "https://s.example.com/a", ",\"version\":0"),
                        METADATA.replace("\"size\":1146", "\"version\":1"),
                        file("cdf", "b", "https://s.example.com/b", ",\"version\":1"),
                        file("remove", "c", "https://s.example.com/c", ",\"version\":2")));

        try (TableFiles files =
                table.changes(ChangesQuery.fromVersion(0).toVersion(2).includeHistoricalMetadata())) {
            List<TableAction> actions = files.actions().toList();

            assertThat(actions).hasSize(4);
            assertThat(((TableMetadata) actions.get(1)).version()).hasValue(1);
            assertThat(actions.stream().filter(DataFile.class::isInstance).map(file -> ((DataFile) file).kind()))
                    .containsExactly(FileKind.ADD, FileKind.CHANGE, FileKind.REMOVE);
        }
        assertThat(server.last().method()).isEqualTo("GET");
        assertThat(server.last().query().split("&"))
                .containsExactlyInAnyOrder("startingVersion=0", "endingVersion=2", "includeHistoricalMetadata=true");
    }

    @Test
    void versionAndMetadataAreAskedForByThemselves() {
        server.at(SharingTable.PATH + "/version", json(200, "").header("delta-table-version", "123"));
        server.at(
                SharingTable.PATH + "/metadata", lines(PROTOCOL, METADATA, END).header("delta-table-version", "9"));

        assertThat(table.version()).isEqualTo(123);
        assertThat(table.versionAt(Instant.EPOCH)).isEqualTo(123);
        assertThat(server.last().query()).isEqualTo("startingTimestamp=1970-01-01T00%3A00%3A00Z");
        assertThat(table.metadata().version()).hasValue(9);
    }

    @Test
    void versionThatIsMissingIsNotZero() {
        server.at(SharingTable.PATH + "/version", json(200, ""));

        assertThat(SharingTable.failure(table::version).code()).isEqualTo("SHARING_REPLY_UNREADABLE");
    }
}
