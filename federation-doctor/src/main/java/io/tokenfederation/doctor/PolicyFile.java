// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.policy.FederationPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A policy in a file, as the REST API writes it. */
final class PolicyFile {
    private PolicyFile() {}

    static FederationPolicy read(String path) {
        try {
            return FederationPolicy.fromJson(Files.readString(Path.of(path), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "the file cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}
