// SPDX-License-Identifier: Apache-2.0
package sharingtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.ResponseFormat;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.TableFiles;
import io.tokenfederation.deltasharing.TableQuery;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.LoopbackTable;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedFile;
import io.tokenfederation.testkit.SharedSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table read through the sharing client has the rows of the files behind it, whoever wrote those. */
class SharedRowsTest {
    private static final SharedSchema ORDERS = SharedSchema.of(
                    SharedColumn.of("id", "long"),
                    SharedColumn.of("item", "string"),
                    SharedColumn.of("price", "decimal(10,2)"),
                    SharedColumn.of("day", "date"),
                    SharedColumn.of("at", "timestamp"),
                    SharedColumn.of("region", "string"))
            .partitionedBy("region");
    private static final String COLUMNS = "id, item, price, \"day\", \"at\"::VARCHAR, region";

    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackSharingServer server = LoopbackSharingServer.builder().start();
    private final LoopbackTable orders = server.table("sales", "public", "orders", ORDERS);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Duck duck;

    @BeforeEach
    void fill() throws Exception {
        duck = new Duck();
        server.recipient(
                        "acme",
                        FederationPolicy.builder()
                                .issuer(idp.issuer())
                                .audience("sharing")
                                .subject("job@clients")
                                .build())
                .grant("acme", "sales");
        duck.run("CREATE TABLE source AS SELECT i AS id,"
                + " CASE WHEN i % 7 = 0 THEN NULL ELSE 'Käse № ' || i || ' 東京 🦆' END AS item,"
                + " CASE WHEN i % 5 = 0 THEN NULL ELSE ((i - 2500) * 1.01)::DECIMAL(10,2) END AS price,"
                + " DATE '1899-12-30' + i::INTEGER AS \"day\","
                + " CASE WHEN i % 3 = 0 THEN NULL ELSE TIMESTAMPTZ '2026-01-02 03:04:05.678901+00' + to_seconds(i) END AS"
                + " \"at\", CASE i % 3 WHEN 0 THEN 'west' WHEN 1 THEN 'it''s östlich' ELSE NULL END AS region"
                + " FROM range(5000) t(i)");
    }

    @AfterEach
    void close() throws Exception {
        duck.close();
        server.close();
        idp.close();
    }

    @Test
    void filesOfAnIndependentWriterArriveWholeInBothFormats() throws Exception {
        share("west", "region = 'west' AND id < 1000");
        share("west", "region = 'west' AND id >= 1000");
        share("it's östlich", "region = 'it''s östlich'");
        share("", "region IS NULL");

        List<String> rows = duck.rows("SELECT " + COLUMNS + " FROM source ORDER BY id");

        assertThat(rows).hasSize(5000);
        assertThat(read(ResponseFormat.PARQUET, TableQuery.all())).isEqualTo(rows);
        assertThat(read(ResponseFormat.DELTA, TableQuery.all())).isEqualTo(rows);
        assertThat(read(ResponseFormat.DELTA, TableQuery.all().maxFiles(1))).isEqualTo(rows);
    }

    @Test
    void everyVersionHasItsOwnRows() throws Exception {
        share("west", "region = 'west'");
        share("", "region IS NULL");
        orders.remove(orders.files().get(0));

        assertThat(read(ResponseFormat.PARQUET, TableQuery.all()))
                .isEqualTo(duck.rows("SELECT " + COLUMNS + " FROM source WHERE region IS NULL ORDER BY id"));
        assertThat(read(ResponseFormat.DELTA, TableQuery.all().version(1)))
                .isEqualTo(duck.rows("SELECT " + COLUMNS + " FROM source WHERE region = 'west' ORDER BY id"));
        assertThat(read(ResponseFormat.PARQUET, TableQuery.all().version(0))).isEmpty();
    }

    @Test
    void rowsThatATestGaveComeBackAsTheyWere() throws Exception {
        orders.append(List.of(
                Map.of("id", 1L, "item", "Tee 茶", "region", "west", "day", LocalDate.parse("2026-01-02")),
                Map.of("id", 2L, "price", new BigDecimal("-0.05"))));

        assertThat(read(ResponseFormat.PARQUET, TableQuery.all()))
                .containsExactly("1|Tee 茶|NULL|2026-01-02|NULL|west", "2|NULL|-0.05|NULL|NULL|NULL");
    }

    /** Adds a file that DuckDB writes; an empty region is null. */
    private void share(String region, String where) throws Exception {
        Path file = folder.resolve("part-" + orders.version() + ".parquet");
        duck.run("COPY (SELECT id, item, price, \"day\", \"at\" FROM source WHERE " + where + " ORDER BY id) TO '"
                + file + "' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 512)");
        long rows = Long.parseLong(
                duck.rows("SELECT count(*) FROM source WHERE " + where).get(0));
        orders.append(SharedFile.of(file).partition("region", region).rows(rows));
    }

    /** What a recipient's application does: query, download, and hand the files to a reader of Parquet. */
    private List<String> read(ResponseFormat format, TableQuery query) throws Exception {
        SharingClient client = SharingClient.builder()
                .endpoint(server.recipientEndpoint("acme"))
                .idpTokenSource(() -> IdpToken.parse(
                        idp.userToken("job@clients").audience("sharing").sign()))
                .responseFormats(format)
                .build();
        List<String> selects = new ArrayList<>();
        try (TableFiles files = client.table("sales", "public", "orders").query(query)) {
            for (DataFile file : files.files().toList()) {
                Path target = client.download(file, folder.resolve(format + "-" + file.id() + ".parquet"));
                String region = file.partitionValues().getOrDefault("region", "");
                selects.add("SELECT id, item, price, \"day\", \"at\", "
                        + (region.isEmpty() ? "NULL" : "'" + region.replace("'", "''") + "'") + " AS region FROM "
                        + Duck.table(List.of(target)));
            }
        }
        return selects.isEmpty()
                ? List.of()
                : duck.rows("SELECT " + COLUMNS + " FROM (" + String.join(" UNION ALL ", selects) + ") ORDER BY id");
    }
}
