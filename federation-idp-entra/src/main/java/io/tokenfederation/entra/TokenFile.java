// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.RenewedFile;
import io.tokenfederation.internal.UnusableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JWT that something else keeps renewing in a file, such as the kubelet. Read each time, because the kubelet replaces it
 * long before it ends; and with care, because it may be doing so just now.
 *
 * @param path where it is
 */
record TokenFile(Path path) implements IdpTokenSource {
    @Override
    public IdpToken mint() {
        List<String> lines = read().lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != 1) {
            throw unreadable("holds " + lines.size() + " lines; it must be one, the JWT", null);
        }
        try {
            return IdpToken.parse(lines.get(0).strip());
        } catch (IdpTokenException e) {
            throw unreadable("holds no JWT: " + e.problem().message(), e);
        }
    }

    private String read() {
        try {
            return new RenewedFile(path).text();
        } catch (UnusableFileException e) {
            throw unreadable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unreadable("cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private IdpTokenException unreadable(String why, @Nullable Throwable cause) {
        Problem problem =
                Problem.of(ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the federated token file " + path + " " + why);
        return new IdpTokenException(cause == null ? problem : problem.cause(cause));
    }
}
