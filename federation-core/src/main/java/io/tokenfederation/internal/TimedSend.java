// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and ends it when its time is over, headers and body alike: {@link HttpRequest#timeout()} ends when the
 * headers have come, and a body that stalls after them would hold the caller for ever.
 *
 * <p>Not by {@link HttpClient#sendAsync}: on one or two processors that starts a thread for each reply, which doubles the
 * time of a small call.
 */
final class TimedSend {
    private static final String NO_HTTP = "the reply is no HTTP";

    /** What the JDK says before it has sent anything, on 17 as on 25 (JDK-8225647; RFC 9113 §5.1.2). */
    private static final String NO_STREAM_LEFT = "too many concurrent streams";

    private TimedSend() {}

    static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, BodyHandler<T> handler, Duration within)
            throws IOException, InterruptedException {
        if (within.isZero() || within.isNegative()) {
            // Gone since the caller looked; of such a time the JDK says that it is no argument.
            throw late(within);
        }
        try {
            return endsByInterrupt(client, within)
                    ? byInterrupt(client, request, handler, within)
                    : byTimers(client, request, handler, within);
        } catch (IllegalArgumentException e) {
            // A Content-Length that is no number comes out so.
            if (quotesTheReply(e)) {
                throw new IOException(NO_HTTP);
            }
            throw e;
        }
    }

    /**
     * The JDK's own client waits in a way we know, and ends the exchange when that is interrupted; one of another make may do
     * neither. And where the time may be over before there is a connection, the JDK's timer alone tells that from a reply
     * which did not come.
     */
    private static boolean endsByInterrupt(HttpClient client, Duration within) {
        return client.getClass().getModule() == HttpClient.class.getModule()
                && client.connectTimeout()
                        .filter(connect -> connect.compareTo(within) < 0)
                        .isPresent();
    }

    /** By one wait of our own: a request that has a timeout wakes the client's selector thread once more. */
    private static <T> HttpResponse<T> byInterrupt(
            HttpClient client, HttpRequest request, BodyHandler<T> handler, Duration within)
            throws IOException, InterruptedException {
        TimedWait wait = TimedWait.begin(within);
        try {
            return sent(client, request, handler);
        } catch (InterruptedException e) {
            if (wait.endInterrupted()) {
                throw late(within);
            }
            throw e;
        } catch (IOException e) {
            throw wait.end() ? late(within) : told(e, within);
        } finally {
            wait.end();
        }
    }

    private static <T> HttpResponse<T> byTimers(
            HttpClient client, HttpRequest request, BodyHandler<T> handler, Duration within)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        HttpRequest timed = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(within)
                .build();
        try {
            return sent(
                    client,
                    timed,
                    info -> new TimedBody<>(
                            handler.apply(info), Duration.ofNanos(Math.max(1, end - System.nanoTime()))));
        } catch (IOException e) {
            throw told(e, within);
        }
    }

    /** Over a connection of its own where the server lets the shared one carry no more requests; the JDK just fails. */
    private static <T> HttpResponse<T> sent(HttpClient client, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            if (!NO_STREAM_LEFT.equals(e.getMessage())) {
                throw e;
            }
            return client.send(
                    HttpRequest.newBuilder(request, (name, value) -> true)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    handler);
        }
    }

    private static HttpTimeoutException late(Duration within) {
        return new HttpTimeoutException("no complete reply within " + within.toMillis() + " ms");
    }

    /** The JDK wraps what a body failed with, and others what it says; what it says of an unreadable reply is left out. */
    private static IOException told(IOException failure, Duration within) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof ReplyTooLargeException large) {
                return large;
            }
            if (link instanceof HttpConnectTimeoutException neverConnected) {
                return neverConnected;
            }
            if (link instanceof TimeoutException || link instanceof HttpTimeoutException) {
                return late(within);
            }
        }
        if (quotesTheReply(failure)) {
            return new IOException(NO_HTTP);
        }
        return failure.getMessage() == null ? new IOException(failure.getClass().getSimpleName(), failure) : failure;
    }

    /** What the JDK says of a reply it cannot read holds the bytes it stumbled over. */
    private static boolean quotesTheReply(@Nullable Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof ProtocolException || link instanceof NumberFormatException) {
                return true;
            }
        }
        return false;
    }
}
