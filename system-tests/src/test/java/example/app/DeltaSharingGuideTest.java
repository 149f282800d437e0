// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.deltasharing.EndOfFiles;
import io.tokenfederation.deltasharing.RecipientTokens;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.SharingProfile;
import io.tokenfederation.deltasharing.TableFiles;
import io.tokenfederation.deltasharing.TableQuery;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/delta-sharing.md, against a sharing server that verifies each JWT. */
class DeltaSharingGuideTest {
    private static final String AUDIENCE = "66666666-2222-3333-4444-555555555555";

    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackSharingServer server = LoopbackSharingServer.builder().start();

    @TempDir
    private Path folder;

    @BeforeEach
    void share() {
        idp.api(AUDIENCE).m2mClient("nightly-job", "s3cret").grant("nightly-job", AUDIENCE);
        server.table(
                        "sales",
                        "public",
                        "orders",
                        SharedSchema.of(SharedColumn.of("id", "long"), SharedColumn.of("region", "string"))
                                .partitionedBy("region"))
                .append(List.of(Map.of("id", 1L, "region", "west"), Map.of("id", 2L, "region", "east")));
        server.recipient(
                        "acme",
                        FederationPolicy.builder()
                                .issuer(idp.issuer())
                                .audience(AUDIENCE)
                                .subject("nightly-job@clients")
                                .build())
                .grant("acme", "sales");
        System.setProperty("sharing.secret", "s3cret");
    }

    @AfterEach
    void close() {
        System.clearProperty("sharing.secret");
        idp.close();
        server.close();
    }

    @Test
    void profileOfAProvidersTokenIsAllThereIsToSay() throws IOException {
        String token = server.bearerToken("partner", Instant.parse("2100-01-01T00:00:00Z"));
        server.grant("partner", "sales");
        String profileFile = profile("{\"shareCredentialsVersion\":1,\"endpoint\":\"" + server.endpoint()
                + "\",\"bearerToken\":\"" + token + "\"}");

        SharingClient client = SharingClient.of(SharingProfile.read(Path.of(profileFile)));

        List<String> tables =
                client.allTables("sales").map(SharedTable::toString).toList(); // sales.public.orders, …
        try (TableFiles files = client.table("sales", "public", "orders").query()) {
            files.files().forEach(file -> client.download(file, folder.resolve(file.fileName())));
        }

        assertThat(tables).containsExactly("sales.public.orders");
        try (Stream<Path> fetched = Files.list(folder)) {
            assertThat(fetched.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(Files.readAllBytes(file)).startsWith('P', 'A', 'R', '1'));
        }
    }

    @Test
    void jwtOfTheOwnIdentityProviderReadsEverythingByOneCallForIt() throws IOException {
        SharingClient client = federated(profile(), AUDIENCE);
        List<String> later = new ArrayList<>();

        assertThat(read(client))
                .containsExactly(
                        "partitioned by [region]", "{region=west}: 1", "{region=east}: 1", "ADD in 1", "ADD in 1");
        SharedTable orders = client.table("sales", "public", "orders");
        Optional<EndOfFiles> end;
        try (TableFiles files = orders.query(TableQuery.all().includeRefreshToken())) {
            files.files().forEach(file -> later.add(file.fileName()));
            end = files.end(); // says until when the addresses are good
        }
        TableQuery again = end.flatMap(EndOfFiles::refreshToken)
                .map(token -> TableQuery.all().refresh(token))
                .orElse(TableQuery.all());

        try (TableFiles files = orders.query(again)) {
            assertThat(files.files().map(file -> file.fileName())).containsExactlyElementsOf(later);
        }
        assertThat(again.toString()).contains("refreshToken=redacted");
        assertThat(idp.tokenRequests()).isEqualTo(1);
        assertThat(server.refusedRequests()).isZero();
    }

    /** The server takes hints in the protocol's newer form only; those in SQL it skips, as it may. */
    @Test
    void hintsInTheProtocolsOwnFormAreTaken() throws IOException {
        SharedTable orders = federated(profile(), AUDIENCE).table("sales", "public", "orders");
        TableQuery west = TableQuery.all()
                .jsonPredicateHints("{\"op\":\"equal\",\"children\":["
                        + "{\"op\":\"column\",\"name\":\"region\",\"valueType\":\"string\"},"
                        + "{\"op\":\"literal\",\"value\":\"west\",\"valueType\":\"string\"}]}");

        try (TableFiles files = orders.query(west)) {
            assertThat(files.files().map(file -> file.partitionValues().get("region")))
                    .containsExactly("west");
        }
    }

    @Test
    void anyTokenSourceWillDo() {
        IdpTokenSource source = () -> IdpToken.parse(
                idp.userToken("nightly-job@clients").audience(AUDIENCE).sign());

        assertThat(of(server.recipientEndpoint("acme").toString(), source).shares())
                .extracting(share -> share.name())
                .containsExactly("sales");
    }

    @Test
    void jwtForAnotherAudienceIsShownByItsClaims() throws IOException {
        idp.api("https://other.example.com").grant("nightly-job", "https://other.example.com");
        SharingClient client = federated(profile(), "https://other.example.com");

        SharingException refused = catchThrowableOfType(SharingException.class, () -> client.share("sales"));

        assertThat(refused.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(refused)
                .hasMessageContaining("aud='https://other.example.com'")
                .hasMessageContaining("sub='nightly-job@clients'");
    }

    private static SharingClient federated(String profileFile, String audience) {
        SharingProfile profile = SharingProfile.read(Path.of(profileFile));
        DatabricksTokenSource tokens = RecipientTokens.builder(profile)
                .clientSecret(() -> System.getProperty("sharing.secret")) // or your vault
                .audience(audience) // Auth0 issues no JWT without; others take resource(...) or scopes(...)
                .build();
        SharingClient client =
                SharingClient.builder().profile(profile).tokens(tokens).build();
        return client;
    }

    private static SharingClient of(String endpoint, IdpTokenSource idp) {
        SharingClient client = SharingClient.builder()
                .endpoint(URI.create(endpoint)) // the profile's endpoint
                .idpTokenSource(idp) // Entra ID, Okta, GitHub Actions, Kubernetes, …
                .build();
        return client;
    }

    private static List<String> read(SharingClient client) {
        List<String> report = new ArrayList<>();
        SharedTable orders = client.table("sales", "public", "orders");
        long version = orders.version(); // cheap: has anything changed?

        TableQuery query = TableQuery.all().predicateHint("region = 'west'").version(version);
        try (TableFiles files = orders.query(query)) {
            report.add("partitioned by " + files.metadata().partitionColumns()); // there before the first file
            files.files() // partition values are not in the file; the number of rows is by its statistics
                    .forEach(file -> report.add(
                            file.partitionValues() + ": " + file.numRecords().orElse(0)));
        }
        try (TableFiles changes = orders.changes(0, version)) {
            changes.files()
                    .forEach(file ->
                            report.add(file.kind() + " in " + file.version().orElse(-1)));
        }
        return report;
    }

    private String profile() throws IOException {
        return profile("{\"shareCredentialsVersion\":2,\"type\":\"oauth_client_credentials\",\"endpoint\":\""
                + server.recipientEndpoint("acme") + "\",\"tokenEndpoint\":\"" + idp.tokenEndpoint()
                + "\",\"clientId\":\"nightly-job\",\"clientSecret\":\"\"}");
    }

    private String profile(String json) throws IOException {
        return Files.writeString(folder.resolve("config.share"), json).toString();
    }
}
