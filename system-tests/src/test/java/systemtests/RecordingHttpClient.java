// SPDX-License-Identifier: Apache-2.0
package systemtests;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Sends as a plain client does, and remembers each request whole: where to, every header, the body. */
final class RecordingHttpClient extends HttpClient {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** One request, as it went out. */
    record Sent(String uri, String headers, String body) {
        boolean holds(String text) {
            return uri.contains(text) || headers.contains(text) || body.contains(text);
        }
    }

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    List<Sent> sent(Predicate<Sent> which) {
        return sent.stream().filter(which).toList();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        record(request);
        return client.send(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        record(request);
        return client.sendAsync(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        record(request);
        return client.sendAsync(request, handler, pushes);
    }

    private void record(HttpRequest request) {
        String body = request.bodyPublisher().map(RecordingHttpClient::read).orElse("");
        sent.add(new Sent(request.uri().toString(), request.headers().map().toString(), body));
    }

    private static String read(HttpRequest.BodyPublisher publisher) {
        var body = BodySubscribers.ofString(StandardCharsets.UTF_8);
        publisher.subscribe(new Flow.Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                body.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer item) {
                body.onNext(List.of(item));
            }

            @Override
            public void onError(Throwable failure) {
                body.onError(failure);
            }

            @Override
            public void onComplete() {
                body.onComplete();
            }
        });
        return body.getBody().toCompletableFuture().join();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
