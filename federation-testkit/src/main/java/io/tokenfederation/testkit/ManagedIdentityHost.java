// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What differs between the places in Azure that have a managed identity: addresses, variables, and proof of being inside. */
sealed interface ManagedIdentityHost {
    String path();

    String apiVersion();

    Map<String, String> environment(URI base);

    /** Refuses a request that does not prove it comes from inside. */
    void admit(HttpCall call);

    Refusal refusal(String what);

    /** Whether identities beside the machine's own can be assigned. */
    default boolean takesUserAssigned() {
        return true;
    }

    /** The instance metadata service of a virtual machine. */
    record Imds() implements ManagedIdentityHost {
        @Override
        public String path() {
            return "/metadata/identity/oauth2/token";
        }

        @Override
        public String apiVersion() {
            return "2018-02-01";
        }

        @Override
        public Map<String, String> environment(URI base) {
            return Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", base.toString());
        }

        @Override
        public void admit(HttpCall call) {
            if (!call.header("Metadata").orElse("").equals("true")) {
                throw refusal("Required metadata header not specified");
            }
        }

        @Override
        public Refusal refusal(String what) {
            return new Refusal(Reply.json(400, Map.of("error", "invalid_request", "error_description", what)));
        }
    }

    /** App Service and Functions; the secret is in the environment. */
    record AppService(String secret) implements ManagedIdentityHost {
        @Override
        public String path() {
            return "/msi/token";
        }

        @Override
        public String apiVersion() {
            return "2019-08-01";
        }

        @Override
        public Map<String, String> environment(URI base) {
            return Map.of("IDENTITY_ENDPOINT", base + path(), "IDENTITY_HEADER", secret);
        }

        @Override
        public void admit(HttpCall call) {
            if (!call.header("X-IDENTITY-HEADER").orElse("").equals(secret)) {
                throw new Refusal(Reply.json(401, Map.of("statusCode", 401, "message", "Unauthorized")));
            }
        }

        @Override
        public Refusal refusal(String what) {
            return new Refusal(Reply.json(400, Map.of("statusCode", 400, "message", what)));
        }

        @Override
        public String toString() {
            return "AppService[redacted]";
        }
    }

    /** An Arc machine; who can read a file in the directory is inside. */
    record Arc(Path directory, Set<String> challenges) implements ManagedIdentityHost {
        Arc(Path directory) {
            this(directory, ConcurrentHashMap.newKeySet());
        }

        @Override
        public String path() {
            return "/metadata/identity/oauth2/token";
        }

        @Override
        public String apiVersion() {
            return "2019-11-01";
        }

        @Override
        public Map<String, String> environment(URI base) {
            return Map.of("IDENTITY_ENDPOINT", base + path(), "IMDS_ENDPOINT", base.toString());
        }

        @Override
        public boolean takesUserAssigned() {
            return false;
        }

        @Override
        public void admit(HttpCall call) {
            new Imds().admit(call);
            // Each file is good for one request.
            if (call.basic().filter(challenges::remove).isEmpty()) {
                throw new Refusal(Reply.json(401, Map.of("error", "unauthorized_client"))
                        .header("WWW-Authenticate", "Basic realm=" + newChallenge()));
            }
        }

        @Override
        public Refusal refusal(String what) {
            return new Imds().refusal(what);
        }

        @Override
        public String toString() {
            return "Arc[" + directory + "]";
        }

        private Path newChallenge() {
            String secret = UUID.randomUUID().toString();
            Path file = directory.resolve(UUID.randomUUID() + ".key");
            try {
                Files.writeString(file, secret);
            } catch (IOException e) {
                throw new UncheckedIOException("the challenge file cannot be written", e);
            }
            challenges.add(secret);
            return file;
        }
    }
}
