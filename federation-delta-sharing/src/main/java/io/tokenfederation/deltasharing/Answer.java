// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * An answer whose headers have come.
 *
 * @param asked what was asked of whom, for messages
 * @param status its HTTP status
 * @param version the version of HTTP it came by
 * @param headers its headers
 * @param body its body, of which nothing has been read
 */
record Answer(String asked, int status, HttpClient.Version version, HttpHeaders headers, StreamedBody body) {
    boolean accepted() {
        return status >= 200 && status < 300;
    }

    /**
     * Whether a body that was cut off can be told from a whole one. By HTTP/1.x without length and chunks, the end of the
     * connection is all there is (RFC 9112 §6.3), and it comes either way.
     */
    boolean endShows() {
        boolean chunked = headers.allValues("transfer-encoding").stream()
                .anyMatch(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"));
        return version == HttpClient.Version.HTTP_2
                || chunked
                || headers.firstValue("content-length").isPresent();
    }

    /** The table's version it is about. */
    OptionalLong tableVersion() {
        String version = headers.firstValue("delta-table-version").orElse("").strip();
        return version.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(version)) : OptionalLong.empty();
    }

    SharingException unreadable(String why) {
        return SharingErrorCode.SHARING_REPLY_UNREADABLE.exception(asked + ": " + why);
    }

    /** Without the headers, of which nobody knows what is in them. */
    @Override
    public String toString() {
        return "Answer[" + status + " to " + asked + "]";
    }
}
