// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files by which the Azure Arc agent sees who may ask it. Whatever answers on the agent's port names the file
 * and is sent its content, so nothing but the agent's own small files is read.
 *
 * @param directory where the agent keeps them
 */
record ArcKeys(Path directory) {
    /** What Microsoft's own clients allow. */
    private static final int LIMIT = 4_096;

    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    /**
     * Where the agent keeps its files on this kind of system. The variable alone does not tell the kind: on Linux anybody
     * may have set it.
     *
     * @param system as the system property {@code os.name} has it
     */
    static Path directoryOn(String system, Map<String, String> environment) {
        return system.startsWith("Windows")
                ? Path.of(
                        environment.getOrDefault("ProgramData", "C:\\ProgramData"),
                        "AzureConnectedMachineAgent",
                        "Tokens")
                : Path.of("/var/opt/azcmagent/tokens");
    }

    String read(String named) {
        Path file = checked(named);
        String key;
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = content.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw refused(named, "is larger than " + LIMIT + " bytes");
            }
            key = new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw unreadable(named, e);
        }
        if (!SENDABLE.matcher(key).matches()) {
            throw refused(named, "holds something else than one word");
        }
        return key;
    }

    /** Directly in the directory and no link, so that no name leads out of it. */
    private Path checked(String named) {
        try {
            Path file = Path.of(named).toAbsolutePath().normalize();
            if (!directory.toAbsolutePath().normalize().equals(file.getParent())) {
                throw refused(named, "is not in " + directory);
            }
            if (!String.valueOf(file.getFileName()).endsWith(".key")) {
                throw refused(named, "does not end in .key");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        ? refused(named, "is no regular file")
                        : unreadable(named, null);
            }
            return file;
        } catch (InvalidPathException e) {
            throw refused(named, "is no path");
        }
    }

    private static IdpTokenException refused(String named, String why) {
        return new IdpTokenException(Problem.of(
                "ENTRA_ARC_KEY_REFUSED",
                "the key file '" + SafeText.of(named) + "' that was named on the Azure Arc agent's port " + why
                        + ", so it was not sent",
                "Find out what listens at IDENTITY_ENDPOINT: it is not an Azure Arc agent with its files in place."));
    }

    private static IdpTokenException unreadable(String named, @Nullable IOException cause) {
        Problem problem = Problem.of(
                "ENTRA_ARC_KEY_UNREADABLE",
                "the key file '" + SafeText.of(named) + "' of the Azure Arc agent cannot be read",
                "Put the user of this process into the group himds (on Windows: Hybrid Agent Extension Applications), and"
                        + " start the process anew.");
        return new IdpTokenException(cause == null ? problem : problem.cause(cause));
    }
}
