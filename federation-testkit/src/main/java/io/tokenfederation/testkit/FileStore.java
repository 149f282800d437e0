// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The object store behind the tables: files by addresses that are signed and expire. As the real ones, it refuses a request
 * that brings an {@code Authorization} header besides, and says so in XML.
 */
final class FileStore implements AutoCloseable {
    private static final String PATH = "/bucket/";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,10})-(\\d{0,10})");

    /** An address and its end. */
    record Signed(URI url, Instant expiresAt) {}

    private final LoopbackHttp http = LoopbackHttp.start("loopback-files");
    private final Faults faults = new Faults(FileStore::slowDown);
    private final Sealed sealed = new Sealed();
    private final Map<String, SharedFile> files = new ConcurrentHashMap<>();
    private final LongAdder requests;
    private final Clock clock;
    private volatile Duration lifetime;

    FileStore(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
        requests = http.on("GET", PATH, faults, this::get);
    }

    Signed sign(LoopbackTable table, SharedFile file) {
        String path = PATH + table.id() + "/part-" + file.id() + ".parquet";
        files.put(path, file);
        Instant end = clock.instant().plus(lifetime);
        String expires = Long.toString(end.toEpochMilli());
        String query = "X-Loopback-Expires=" + expires + "&X-Loopback-Signature=" + sealed.seal(path + "?" + expires);
        return new Signed(http.base().resolve(path + "?" + query), end);
    }

    void setLifetime(Duration lifetime) {
        this.lifetime = lifetime;
    }

    Faults faults() {
        return faults;
    }

    URI base() {
        return http.base();
    }

    long requests() {
        return requests.sum();
    }

    @Override
    public void close() {
        http.close();
    }

    private Reply get(HttpCall call) {
        if (call.header("Authorization").isPresent()) {
            throw refusal(
                    400,
                    "InvalidArgument",
                    "Only one auth mechanism allowed; only the signature in the query or the Authorization header should"
                            + " be specified");
        }
        String expires = call.parameter("X-Loopback-Expires").orElse("");
        String signature = call.parameter("X-Loopback-Signature").orElse("");
        if (!sealed.fits(call.path() + "?" + expires, signature)) {
            throw refusal(403, "SignatureDoesNotMatch", "The signature does not match the address.");
        }
        if (!clock.instant().isBefore(Instant.ofEpochMilli(Long.parseLong(expires)))) {
            throw refusal(403, "AccessDenied", "Request has expired");
        }
        SharedFile file = Optional.ofNullable(files.get(call.path()))
                .orElseThrow(() -> refusal(404, "NoSuchKey", "The specified key does not exist."));
        return content(file.content(), call.header("Range")).header("ETag", "\"" + file.id() + "\"");
    }

    private static Reply content(byte[] content, Optional<String> range) {
        Matcher asked = RANGE.matcher(range.orElse(""));
        if (!asked.matches()) {
            return Reply.bytes(200, "application/octet-stream", content).header("Accept-Ranges", "bytes");
        }
        long from = Long.parseLong(asked.group(1));
        long to = asked.group(2).isEmpty() ? content.length - 1L : Long.parseLong(asked.group(2));
        if (from >= content.length || to < from) {
            throw refusal(416, "InvalidRange", "The requested range is not satisfiable");
        }
        int end = (int) Math.min(to, content.length - 1L);
        byte[] part = Arrays.copyOfRange(content, (int) from, end + 1);
        return Reply.bytes(206, "application/octet-stream", part)
                .header("Content-Range", "bytes " + from + "-" + end + "/" + content.length);
    }

    private static Reply slowDown(Duration retryAfter) {
        return xml(503, "SlowDown", "Please reduce your request rate.")
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private static Refusal refusal(int status, String code, String message) {
        return new Refusal(xml(status, code, message));
    }

    private static Reply xml(int status, String code, String message) {
        return Reply.text(
                status,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>");
    }
}
