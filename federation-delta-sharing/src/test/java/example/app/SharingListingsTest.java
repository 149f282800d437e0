// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.deltasharing.Share;
import io.tokenfederation.deltasharing.ShareSchema;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What there is to read, page by page. */
class SharingListingsTest {
    private final ScriptedServer server = new ScriptedServer();
    private final SharingClient client = SharingTable.client(server).build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sharesComeFromAllPagesAndAnEmptyTokenEndsThem() {
        server.at(
                "/shares",
                json(200, "{\"items\":[{\"name\":\"a\",\"id\":\"1\"}],\"nextPageToken\":\"p 2/+\"}"),
                json(200, "{\"nextPageToken\":\"p3\"}"),
                json(200, "{\"items\":[{\"name\":\"b\"}],\"nextPageToken\":\"\"}"));

        List<Share> shares = client.shares().toList();

        assertThat(shares).containsExactly(new Share("a", Optional.of("1")), new Share("b", Optional.empty()));
        assertThat(server.requests())
                .extracting(ScriptedServer.Request::query)
                .containsExactly("", "pageToken=p%202%2F%2B", "pageToken=p3");
        assertThat(server.requests())
                .allSatisfy(request ->
                        assertThat(request.header("Authorization")).isEqualTo("Bearer " + SharingTable.TOKEN));
    }

    @Test
    void nextPageIsAskedForOnlyWhenSomebodyReadsThatFar() {
        server.at(
                "/shares",
                json(200, "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"nextPageToken\":\"2\"}"),
                json(500, "{}"));

        assertThat(client.shares().limit(2)).extracting(Share::name).containsExactly("a", "b");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void nothingIsAskedBeforeTheStreamIsRead() {
        client.shares();

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void emptyObjectIsNoShares() {
        server.at("/shares", json(200, "{}"));

        assertThat(client.shares()).isEmpty();
    }

    @Test
    void tokenThatComesTwiceIsAnErrorAndNoEndlessList() {
        server.at(
                "/shares",
                json(200, "{\"items\":[{\"name\":\"a\"}],\"nextPageToken\":\"1\"}"),
                json(200, "{\"items\":[{\"name\":\"b\"}],\"nextPageToken\":\"2\"}"),
                json(200, "{\"items\":[{\"name\":\"c\"}],\"nextPageToken\":\"1\"}"));

        SharingException loop = SharingTable.failure(() -> client.shares().toList());

        assertThat(loop.code()).isEqualTo("SHARING_PAGES_LOOP");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void pagesThatStayEmptyLeadNowhere() {
        server.at(
                "/shares",
                IntStream.range(0, 1_100)
                        .mapToObj(page -> json(200, "{\"items\":[],\"nextPageToken\":\"" + page + "\"}"))
                        .toArray(ScriptedServer.Reply[]::new));

        assertThat(SharingTable.failure(() -> client.shares().toList()).code()).isEqualTo("SHARING_PAGES_LOOP");
        assertThat(server.requests()).hasSize(1_000);
    }

    /** Taken for none, it would end the list before its end. */
    @Test
    void tokenThatIsNoTextIsAnError() {
        for (String token : List.of("17", "true", "{}", "[\"2\"]")) {
            server.at("/shares", json(200, "{\"items\":[{\"name\":\"a\"}],\"nextPageToken\":" + token + "}"));

            assertThat(SharingTable.failure(() -> client.shares().toList()).code())
                    .as(token)
                    .isEqualTo("SHARING_REPLY_UNREADABLE");
        }
    }

    @Test
    void tokenThatIsNullEndsTheList() {
        server.at("/shares", json(200, "{\"items\":[{\"name\":\"a\"}],\"nextPageToken\":null}"));

        assertThat(client.shares()).hasSize(1);
    }

    /** The protocol has no spaces in names; one odd table must not hide all others. */
    @Test
    void nameWithASpaceIsListedAndSentEncoded() {
        server.at("/shares/sales/all-tables", json(200, "{\"items\":[{\"schema\":\"emea\",\"name\":\"old orders\"}]}"));
        server.at(
                "/shares/sales/schemas/emea/tables/old%20orders/version",
                json(200, "").header("delta-table-version", "3"));

        SharedTable table = client.allTables("sales").findFirst().orElseThrow();

        assertThat(table.name().table()).isEqualTo("old orders");
        assertThat(table.version()).isEqualTo(3);
    }

    @Test
    void pageSizeIsAskedFor() {
        server.at("/shares", json(200, "{}"));

        assertThat(SharingTable.client(server).pageSize(7).build().shares()).isEmpty();

        assertThat(server.last().query()).isEqualTo("maxResults=7");
    }

    @Test
    void schemasAndTablesAreNamedByWhatTheyAreIn() {
        server.at(
                "/shares/sales%2D1%C3%A9/schemas".replace("%2D", "-"), json(200, "{\"items\":[{\"name\":\"emea\"}]}"));
        server.at("/shares/sales/schemas/emea/tables", json(200, "{\"items\":[{\"name\":\"orders\"}]}"));

        assertThat(client.schemas("sales-1é")).containsExactly(new ShareSchema("sales-1é", "emea"));
        assertThat(client.tables("sales", "emea"))
                .extracting(SharedTable::name)
                .containsExactly(new TableName("sales", "emea", "orders"));
    }

    @Test
    void allTablesKnowTheirSchemaAndIds() {
        server.at(
                "/shares/sales/all-tables",
                json(
                        200,
                        "{\"items\":[{\"share\":\"sales\",\"schema\":\"emea\",\"name\":\"orders\",\"shareId\":\"s1\",\"id\":\"t1\"}]}"));

        SharedTable table = client.allTables("sales").findFirst().orElseThrow();

        assertThat(table).hasToString("sales.emea.orders");
        assertThat(table.id()).contains("t1");
        assertThat(table.shareId()).contains("s1");
    }

    @Test
    void oneShareIsLookedUp() {
        server.at("/shares/sales", json(200, "{\"share\":{\"name\":\"sales\",\"id\":\"1\"}}"));

        assertThat(client.share("sales")).isEqualTo(new Share("sales", Optional.of("1")));
        assertThat(SharingTable.failure(() -> client.share("other")).code()).isEqualTo("SHARING_NOT_FOUND");
    }

    @Test
    void loginPageIsNoListOfShares() {
        server.at("/shares", ScriptedServer.answer(200, "text/html", "<html>Log in</html>"));

        assertThat(SharingTable.failure(() -> client.shares().toList()).code()).isEqualTo("SHARING_REPLY_UNREADABLE");
    }

    @Test
    void itemWithoutANameIsNotSkipped() {
        server.at("/shares", json(200, "{\"items\":[{\"name\":\"a\"},{\"id\":\"2\"}]}"));

        assertThat(SharingTable.failure(() -> client.shares().toList()).code()).isEqualTo("SHARING_REPLY_UNREADABLE");
    }

    @Test
    void nameThatWouldLeadElsewhereIsNotSent() {
        for (String name : List.of("", ".", "..", "a/b", "a\n", "x".repeat(256))) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.table(name, "s", "t"));
            assertThatIllegalArgumentException().isThrownBy(() -> client.schemas(name));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void nameIsReadFromItsEndBecauseAShareMayHoldDots() {
        assertThat(TableName.parse("my.share.emea.orders")).isEqualTo(new TableName("my.share", "emea", "orders"));
        assertThatIllegalArgumentException().isThrownBy(() -> TableName.parse("emea.orders"));
    }

    @Test
    void slashAtTheEndOfTheEndpointChangesNothing() {
        server.at("/prefix/shares", json(200, "{\"items\":[{\"name\":\"a\"}]}"));
        SharingClient withSlash = SharingTable.client(server)
                .endpoint(server.uri().resolve("/prefix/"))
                .build();

        assertThat(withSlash.shares().map(Share::name).collect(Collectors.joining()))
                .isEqualTo("a");
    }
}
