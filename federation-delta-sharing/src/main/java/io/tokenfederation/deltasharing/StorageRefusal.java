// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.Problem;
import io.tokenfederation.internal.RetryAfter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it means when the storage does not give a file out. Of its words only the code is shown: some of them repeat what was
 * signed. S3 and Google Cloud Storage say {@code Request has expired} and {@code ExpiredToken}, Azure that the signature is
 * {@code not valid in the specified time frame}.
 */
final class StorageRefusal {
    private static final int MOST_BYTES = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern CODE = Pattern.compile("<Code>\\s*([A-Za-z]{1,64})\\s*</Code>");
    private static final Pattern EXPIRED =
            Pattern.compile("(?i)\\bexpired(token)?\\b|expiredtoken|not valid in the specified time frame");

    private StorageRefusal() {}

    static SharingException of(
            DataFile file, String asked, HttpResponse<StreamedBody> response, CallDeadline deadline) {
        String words = words(response, asked, deadline);
        int status = response.statusCode();
        Instant now = Clock.systemUTC().instant();
        Matcher code = CODE.matcher(words);
        String said = asked + ": the storage answered " + status + (code.find() ? " (" + code.group(1) + ")" : "");
        Problem problem = kind(file, status, words, now).problem(said).httpStatus(status);
        Optional<Duration> later = RetryAfter.of(status, response.headers(), now);
        return new SharingException(later.map(problem::retryAfter).orElse(problem));
    }

    private static SharingErrorCode kind(DataFile file, int status, String words, Instant now) {
        if (status == 429) {
            return SharingErrorCode.SHARING_RATE_LIMITED;
        }
        if (status >= 500) {
            return SharingErrorCode.SHARING_UNAVAILABLE;
        }
        boolean over = file.urlExpiresAt().filter(end -> !end.isAfter(now)).isPresent();
        boolean refused = status == 400 || status == 401 || status == 403;
        return refused && (over || EXPIRED.matcher(words).find())
                ? SharingErrorCode.SHARING_FILE_EXPIRED
                : SharingErrorCode.SHARING_FILE_REFUSED;
    }

    private static String words(HttpResponse<StreamedBody> response, String asked, CallDeadline deadline) {
        CallDeadline soon = deadline.allows(PATIENCE) ? CallDeadline.in(PATIENCE) : deadline;
        try (StreamedBody body = response.body()) {
            return new String(body.upTo(MOST_BYTES, soon), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(asked, e);
        }
    }
}
