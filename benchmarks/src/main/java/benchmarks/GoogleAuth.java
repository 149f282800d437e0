// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import static java.util.Objects.requireNonNull;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Date;

/**
 * google-auth-library's cache, by its synchronous path, which gives the whole header. One object holds one token. Its
 * margins are 3 min and 3 min 45 s unless a constructor for subclasses sets them, as here.
 */
final class GoogleAuth {
    private static final URI ANY = URI.create("https://workspace.example.com/");

    private GoogleAuth() {}

    static Contender start(Conditions conditions) {
        FakeUpstream upstream = new FakeUpstream(conditions);
        return new Contender(upstream, identity -> {
            Tokens tokens = new Tokens(upstream, conditions.window(), conditions.margin());
            return () -> authorization(tokens);
        });
    }

    private static String authorization(OAuth2Credentials credentials) {
        try {
            return requireNonNull(credentials.getRequestMetadata(ANY).get("Authorization"))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("serial") // Credentials are Serializable; these go nowhere.
    private static final class Tokens extends OAuth2Credentials {
        private final transient FakeUpstream upstream;

        Tokens(FakeUpstream upstream, Duration refreshMargin, Duration expirationMargin) {
            super(null, refreshMargin, expirationMargin);
            this.upstream = upstream;
        }

        @Override
        public AccessToken refreshAccessToken() {
            FakeUpstream.Issued issued = upstream.issue();
            return new AccessToken(issued.value(), Date.from(issued.expiresAt()));
        }
    }
}
