// SPDX-License-Identifier: Apache-2.0
package samples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tokenfederation.deltasharing.DataFile;
import io.tokenfederation.deltasharing.RecipientTokens;
import io.tokenfederation.deltasharing.RecipientTokensBuilder;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingProfile;
import io.tokenfederation.deltasharing.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A recipient begins to read what is shared with it, by its own identity provider's JWT. Runs on stand-ins; on a real server
 * if SHARING_PROFILE names a profile file (SHARING_CLIENT_SECRET and SHARING_AUDIENCE: what such a file does not say).
 */
public final class ShareAsRecipient {
    public static void main(String[] args) throws IOException {
        run(System.getenv(), System.out);
    }

    static void run(Map<String, String> env, PrintStream out) throws IOException {
        if (!env.containsKey("SHARING_PROFILE")) {
            out.println("A share as its recipient: on stand-ins, as SHARING_PROFILE is not set.");
            try (ShareStandIns world = new ShareStandIns()) {
                run(world.environment(), out);
            }
            return;
        }
        SharingProfile profile = SharingProfile.read(Path.of(env.get("SHARING_PROFILE")));
        RecipientTokensBuilder tokens = RecipientTokens.builder(profile);
        Optional.ofNullable(env.get("SHARING_CLIENT_SECRET")).ifPresent(secret -> tokens.clientSecret(() -> secret));
        Optional.ofNullable(env.get("SHARING_AUDIENCE")).ifPresent(tokens::audience);
        SharingClient client =
                SharingClient.builder().profile(profile).tokens(tokens.build()).build();

        for (SharedTable table :
                client.shares().flatMap(share -> client.allTables(share.name())).toList()) {
            out.println(table + ", version " + table.version());
            try (TableFiles files = table.query()) {
                out.println("  schema " + files.metadata().schemaString());
                for (DataFile file : files.files().limit(3).toList()) {
                    out.print("  " + file.numRecords().orElse(0) + " rows of " + file.partitionValues());
                    // Its address is presigned: it is asked without the token, which an object store would refuse.
                    try (InputStream content = client.open(file)) {
                        out.println(" in a file that starts with " + new String(content.readNBytes(4), US_ASCII));
                    }
                }
            }
        }
    }
}
