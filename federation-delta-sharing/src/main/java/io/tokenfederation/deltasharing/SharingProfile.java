// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A profile file: where the sharing server is, and how the recipient shows who it is.
 *
 * <pre>{@code
 * SharingProfile profile = SharingProfile.read(Path.of("config.share"));
 * SharingClient client = SharingClient.of(profile);
 * }</pre>
 *
 * <p>Read are version 1, and of version 2 {@code bearer_token}, {@code oauth_client_credentials} and
 * {@code oauth_jwt_bearer_private_key_jwt}; every other type is refused by name. Unknown fields are ignored.
 * Placeholders, such as {@code [REPLACE_WITH_YOUR_CLIENT_ID]}, are no mistake yet, as {@link RecipientTokensBuilder} may have
 * the values: {@link RecipientTokensBuilder#build} refuses what is left of them by the field's name. Immutable;
 * {@link #toString()} shows nothing secret.
 *
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md#profile-file-format">Delta Sharing protocol:
 *     profile file format</a>
 */
public final class SharingProfile {
    private static final int LIMIT = 1 << 20;

    private final int version;
    private final URI endpoint;
    private final SharingCredential credential;

    SharingProfile(int version, URI endpoint, SharingCredential credential) {
        this.version = version;
        this.endpoint = endpoint;
        this.credential = credential;
    }

    /**
     * Reads a profile file.
     *
     * @param file where it is; at most 1 MiB
     * @return the profile
     * @throws SharingException if the file cannot be read, is no profile, or is of a kind nobody here knows; the message
     *     quotes nothing of it but the names of fields, types and versions
     */
    public static SharingProfile read(Path file) {
        requireNonNull(file, "file");
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LIMIT + 1);
        } catch (IOException e) {
            throw SharingErrorCode.SHARING_PROFILE_UNREADABLE.exception(
                    "the profile '" + file + "' cannot be read: " + e.getClass().getSimpleName(), e);
        }
        if (bytes.length > LIMIT) {
            throw SharingErrorCode.SHARING_PROFILE_UNREADABLE.exception("'" + file + "' is larger than any profile");
        }
        return new ProfileReader("the profile '" + file + "'").read(new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Reads a profile's text, where it comes from elsewhere than a file.
     *
     * @param json the text
     * @return the profile
     * @throws SharingException if it is no profile, or of a kind nobody here knows
     */
    public static SharingProfile parse(String json) {
        return new ProfileReader("the profile").read(requireNonNull(json, "json"));
    }

    /** {@return the format's version: {@code shareCredentialsVersion}, 1 or 2} */
    public int version() {
        return version;
    }

    /** {@return where the sharing server is, without a slash at its end} */
    public URI endpoint() {
        return endpoint;
    }

    /** {@return how the recipient shows who it is} */
    public SharingCredential credential() {
        return credential;
    }

    /** {@return version, endpoint and kind of credential} */
    @Override
    public String toString() {
        return "SharingProfile[version " + version + ", " + endpoint + ", " + credential + "]";
    }
}
