// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingClientBuilder;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.TableFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A client of a scripted server, and the one table most tests ask about. */
final class SharingTable {
    static final String PATH = "/shares/sales/schemas/emea/tables/orders";
    static final String QUERY = PATH + "/query";
    static final String TOKEN = "recipient-token-0123456789";

    private SharingTable() {}

    static SharingClientBuilder client(ScriptedServer server) {
        return SharingClient.builder()
                .endpoint(server.uri())
                .tokens(() -> DatabricksToken.of(TOKEN, Instant.MAX))
                .requestTimeout(Duration.ofSeconds(20));
    }

    static SharedTable of(ScriptedServer server) {
        return client(server).build().table("sales", "emea", "orders");
    }

    /** Reads a query to its end. */
    static List<DataFile> read(Supplier<TableFiles> query) {
        try (TableFiles files = query.get()) {
            return files.files().toList();
        }
    }

    static SharingException failure(Supplier<?> call) {
        return catchThrowableOfType(SharingException.class, call::get);
    }

    static SharingException failing(Runnable call) {
        return catchThrowableOfType(SharingException.class, call::run);
    }
}
