// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedFile;
import io.tokenfederation.testkit.SharedSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackSharingTablesTest {
    private final Sharing sharing = new Sharing();

    @AfterEach
    void close() {
        sharing.close();
    }

    @Test
    void namesAreFoundWhateverTheirCase() throws Exception {
        assertThat(sharing.get("/shares/SALES/schemas/Public/tables/ORDERS/metadata")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"byte, 300", "short, 70000", "integer, 3000000000", "long, 1.5", "double, 1"})
    void aValueThatDoesNotFitItsColumnIsRefused(String type, BigDecimal value) {
        assertThatThrownBy(() -> SharedFile.ofRows(List.of(SharedColumn.of("n", type)), List.of(Map.of("n", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column n: not a " + type);
    }

    @Test
    void aValueOfNoColumnIsRefused() {
        Map<String, Object> row = Map.of("id", 4L, "item", "pump", "region", "west", "itme", "pump");

        assertThatThrownBy(() -> sharing.orders.append(List.of(row)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column of this file: itme");
    }

    @Test
    void listsComeInPagesOfAtMostTen() throws Exception {
        for (int i = 10; i < 31; i++) {
            sharing.server.table("sales", "public", "t" + i, SharedSchema.of(SharedColumn.of("id", "long")));
        }
        List<String> names = new ArrayList<>();
        Answer page = sharing.get("/shares/sales/all-tables?maxResults=500");
        names.addAll(page.json().path("items").findValuesAsText("name"));
        while (!page.json().path("nextPageToken").asText().isEmpty()) {
            page = sharing.get("/shares/sales/all-tables?pageToken="
                    + page.json().path("nextPageToken").asText());
            names.addAll(page.json().path("items").findValuesAsText("name"));
        }

        assertThat(names).hasSize(22).doesNotHaveDuplicates().contains("orders", "t10", "t30");
        assertThat(page.json().path("nextPageToken").isTextual()).isTrue();
    }

    @Test
    void noResultsAtAllCanBeAskedFor() throws Exception {
        JsonNode none = sharing.get("/shares?maxResults=0").json();

        assertThat(none.has("items")).isFalse();
        assertThat(none.path("nextPageToken").asText()).isNotEmpty();
    }

    @Test
    void aPageTokenIsOfOneListAndOfThisServer() throws Exception {
        String token =
                sharing.get("/shares?maxResults=0").json().path("nextPageToken").asText();

        for (String wrong :
                List.of("/shares/sales/schemas?pageToken=" + token, "/shares?pageToken=x", "/shares?maxResults=-1")) {
            assertThat(sharing.get(wrong).json().path("errorCode").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        }
    }

    @Test
    void metadataTellsTheTable() throws Exception {
        Answer metadata = sharing.get(Sharing.ORDERS + "/metadata");

        JsonNode told = Sharing.lines(metadata, "metaData").get(0);
        assertThat(metadata.header("delta-table-version")).isEqualTo("1");
        assertThat(metadata.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(told.path("partitionColumns").get(0).asText()).isEqualTo("region");
        assertThat(Web.json(told.path("schemaString").asText()).path("fields").findValuesAsText("type"))
                .containsExactly("long", "string", "string");
        assertThat(told.path("numFiles").asInt()).isEqualTo(2);
    }

    @Test
    void theVersionIsAHeaderAndNoBody() throws Exception {
        Answer version = sharing.get(Sharing.ORDERS + "/version");

        assertThat(version.header("delta-table-version")).isEqualTo("1");
        assertThat(version.text()).isEmpty();
    }

    @Test
    void filesAreRealAndTheirAddressesNeedNoToken() throws Exception {
        List<JsonNode> files = Sharing.lines(sharing.query(Map.of()), "file");

        assertThat(files).hasSize(2);
        Answer content = Web.get(URI.create(files.get(0).path("url").asText()));
        assertThat(content.status()).isEqualTo(200);
        assertThat(content.text()).startsWith("PAR1").endsWith("PAR1");
        assertThat(content.header("Content-Length"))
                .isEqualTo(files.get(0).path("size").asText());
        assertThat(Web.json(files.get(0).path("stats").asText())
                        .path("numRecords")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void anObjectStoreTakesNoTokenBesidesItsSignature() throws Exception {
        URI file = firstFile();

        Answer refused = Web.get(file, "Authorization", "Bearer x");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("<Code>InvalidArgument</Code>");
    }

    @Test
    void anAddressEndsAndCannotBeChanged() throws Exception {
        URI file = firstFile();
        String stretched = file.toString().replaceFirst("Expires=(\\d+)", "Expires=9999999999999");
        String other = file.toString().replaceFirst("part-.{8}", "part-00000000");

        assertThat(Web.get(URI.create(stretched)).text()).contains("SignatureDoesNotMatch");
        assertThat(Web.get(URI.create(other)).text()).contains("SignatureDoesNotMatch");
        sharing.clock.advance(Duration.ofHours(1));
        assertThat(Web.get(file).text()).contains("Request has expired");
    }

    @Test
    void aPartOfAFileCanBeAskedFor() throws Exception {
        Answer part = Web.get(firstFile(), "Range", "bytes=0-3");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PAR1");
        assertThat(part.header("Content-Range")).startsWith("bytes 0-3/");
    }

    @Test
    void theFormatDeltaIsAnsweredWhereItIsAskedFor() throws Exception {
        Answer delta = sharing.query(
                Map.of(), "Delta-Sharing-Capabilities", "ResponseFormat=DELTA;IncludeEndStreamAction=TRUE");

        assertThat(delta.header("delta-sharing-capabilities"))
                .isEqualTo("responseformat=delta;includeendstreamaction=true");
        assertThat(Sharing.lines(delta, "protocol").get(0).has("deltaProtocol")).isTrue();
        JsonNode file = Sharing.lines(delta, "file").get(0);
        assertThat(file.path("deltaSingleAction").path("add").path("path").asText())
                .startsWith(sharing.server.filesUrl().toString());
        assertThat(Sharing.lines(delta).get(4).path("endStreamAction").has("minUrlExpirationTimestamp"))
                .isTrue();
    }

    @Test
    void parquetIsPreferredAndNothingIsSaidUnasked() throws Exception {
        Answer plain = sharing.query(Map.of());
        Answer both = sharing.query(Map.of(), "delta-sharing-capabilities", "responseformat=delta,parquet");

        assertThat(plain.header("delta-sharing-capabilities")).isEmpty();
        assertThat(Sharing.lines(plain, "endStreamAction")).isEmpty();
        assertThat(both.header("delta-sharing-capabilities")).isEqualTo("responseformat=parquet");
    }

    @Test
    void aTableThatNeedsFeaturesIsForThoseWhoHaveThem() throws Exception {
        sharing.orders.requireReaderFeatures("deletionVectors");

        Answer refused = sharing.query(Map.of(), "delta-sharing-capabilities", "responseformat=delta");
        Answer taken = sharing.query(
                Map.of(), "delta-sharing-capabilities", "responseformat=delta;readerfeatures=deletionvectors");

        assertThat(refused.json().path("errorCode").asText()).isEqualTo("UNSUPPORTED_OPERATION");
        assertThat(Sharing.lines(taken, "protocol")
                        .get(0)
                        .path("deltaProtocol")
                        .path("minReaderVersion")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aBodyThatTheProtocolDoesNotKnowIsRefused() throws Exception {
        for (Map<String, ?> body : List.<Map<String, ?>>of(
                Map.of("limit", 1), Map.of("limitHint", "1"), Map.of("predicateHints", "id = 1"))) {
            assertThat(sharing.query(body).json().path("errorCode").asText()).isEqualTo("MALFORMED_REQUEST");
        }
        assertThat(sharing.query(Map.of("version", 0, "startingVersion", 0)).status())
                .isEqualTo(400);
    }

    @Test
    void connectionsAreCutInTheMiddleOfALine() {
        sharing.server.api().failNext(1, Fault.cutBody(2));

        assertThatThrownBy(() -> sharing.query(Map.of())).isInstanceOf(IOException.class);
    }

    @Test
    void answersEndEarlyAsIfTheyWereWhole() throws Exception {
        sharing.server.api().failNext(1, Fault.endedBody(3));

        Answer ended = sharing.query(Map.of(), "delta-sharing-capabilities", "includeendstreamaction=true");

        assertThat(Sharing.lines(ended)).hasSize(3);
        assertThat(Sharing.lines(ended, "endStreamAction")).isEmpty();
        assertThat(ended.header("delta-sharing-capabilities")).contains("includeendstreamaction=true");
    }

    @Test
    void theServerFailsBehindTheStatus() throws Exception {
        sharing.server.api().failNext(1, Fault.sharingErrorAtEnd(3, "storage is gone"));

        assertThat(Sharing.lines(sharing.query(Map.of()), "endStreamAction")
                        .get(0)
                        .path("errorMessage")
                        .asText())
                .isEqualTo("storage is gone");
    }

    @Test
    void aFilesPartitionsAreTheTables() {
        SharedFile file = SharedFile.of(new byte[1]).rows(1);

        assertThatThrownBy(() -> sharing.orders.append(file)).hasMessageContaining("region");
        assertThatThrownBy(() -> sharing.orders.remove(file)).hasMessageContaining("not in the table");
    }

    @Test
    void rowsOfTheWrongTypeAreRefused() {
        assertThatThrownBy(() -> sharing.orders.append(List.of(Map.of("id", "1", "region", "west"))))
                .hasMessageContaining("column id: not a long");
        assertThatThrownBy(() -> sharing.orders.append(List.of(Map.of("region", "west"))))
                .hasMessageContaining("id must not be null");
    }

    private URI firstFile() throws Exception {
        return URI.create(Sharing.lines(sharing.query(Map.of()), "file")
                .get(0)
                .path("url")
                .asText());
    }
}
