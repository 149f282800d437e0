// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.RecipientProfile;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackSharingServer;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is around a recipient: its Entra ID, a server that shares orders with it, and the profile file the provider sent. */
final class ShareStandIns implements AutoCloseable {
    private static final String API = "api://sharing";
    private static final String CLIENT = "nightly-job";

    private final LoopbackIdp entra = LoopbackIdp.entra().start();
    private final LoopbackSharingServer server = LoopbackSharingServer.builder().start();
    private final Path profile;

    ShareStandIns() throws IOException {
        entra.api(API).m2mClient(CLIENT, "secret");
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(entra.issuer())
                .audience(EntraRules.of(entra).applicationId(API))
                .subjectClaim("azp")
                .subject(CLIENT)
                .build();
        SharedSchema columns =
                SharedSchema.of(SharedColumn.of("customer", "string"), SharedColumn.of("region", "string"));
        server.table("sales", "public", "orders", columns.partitionedBy("region"))
                .append(List.of(
                        Map.of("customer", "Aspen Outfitters", "region", "west"),
                        Map.of("customer", "Bay Bikes", "region", "west"),
                        Map.of("customer", "Fargo Farms", "region", "east")));
        server.recipient("acme", policy).grant("acme", "sales");
        profile = Files.createTempFile("acme", ".share");
        RecipientProfile sent = RecipientProfile.of(server.recipientEndpoint("acme"), entra.tokenEndpoint());
        Files.writeString(
                profile, sent.clientId(CLIENT).scope(API + "/.default").toJson());
    }

    LoopbackIdp entra() {
        return entra;
    }

    LoopbackSharingServer server() {
        return server;
    }

    /** The secret is not in the file, as it should not be. */
    Map<String, String> environment() {
        return Map.of("SHARING_PROFILE", profile.toString(), "SHARING_CLIENT_SECRET", "secret");
    }

    @Override
    public void close() throws IOException {
        server.close();
        entra.close();
        Files.delete(profile);
    }
}
