// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.FederationPolicyBuilder;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.LoopbackTable;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedSchema;
import io.tokenfederation.testkit.UserToken;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A sharing server with one recipient, one share and one table of two files. */
final class Sharing implements AutoCloseable {
    static final String AUDIENCE = "66666666-2222-3333-4444-555555555555";
    static final String SUBJECT = "nightly-job@clients";
    static final String ORDERS = "/shares/sales/schemas/public/tables/orders";

    final FakeClock clock = new FakeClock();
    final LoopbackIdp idp = LoopbackIdp.auth0().clock(clock).start();
    final LoopbackSharingServer server =
            LoopbackSharingServer.builder().clock(clock).start();
    final LoopbackTable orders = server.table(
            "sales",
            "public",
            "orders",
            SharedSchema.of(
                            SharedColumn.of("id", "long").required(),
                            SharedColumn.of("item", "string"),
                            SharedColumn.of("region", "string"))
                    .partitionedBy("region"));

    Sharing() {
        orders.append(List.of(
                Map.of("id", 1L, "item", "tea", "region", "west"),
                Map.of("id", 2L, "item", "milk", "region", "east"),
                Map.of("id", 3L, "region", "west")));
        server.recipient("acme", policy().build()).grant("acme", "sales");
    }

    FederationPolicyBuilder policy() {
        return FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(AUDIENCE)
                .subject(SUBJECT);
    }

    UserToken token() {
        return idp.userToken(SUBJECT).audience(AUDIENCE);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return get(path, token().sign());
    }

    Answer get(String path, String bearer, String... headers) throws IOException, InterruptedException {
        return Web.get(at(path), with(bearer, headers));
    }

    Answer query(Map<String, ?> body, String... headers) throws IOException, InterruptedException {
        return Web.postJson(at(ORDERS + "/query"), body, with(token().sign(), headers));
    }

    URI at(String path) {
        return URI.create(server.recipientEndpoint("acme") + path);
    }

    /** The lines of an answer, each a JSON object. */
    static List<JsonNode> lines(Answer answer) {
        return answer.text().lines().map(Web::json).toList();
    }

    /** The objects under a name in the lines of an answer. */
    static List<JsonNode> lines(Answer answer, String name) {
        return lines(answer).stream()
                .filter(line -> line.has(name))
                .map(line -> line.path(name))
                .toList();
    }

    private static String[] with(String bearer, String... headers) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + bearer), Stream.of(headers))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        idp.close();
        server.close();
    }
}
