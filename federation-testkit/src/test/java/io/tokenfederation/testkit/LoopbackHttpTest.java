// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackHttpTest {
    private final Faults faults = new Faults(wait ->
            Reply.json(429, Map.of("error", "slow_down")).header("Retry-After", Long.toString(wait.toSeconds())));
    private final LoopbackHttp http = LoopbackHttp.start("loopback-test");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LoopbackHttpTest() {
        http.on("POST", "/echo", faults, call -> Reply.text(200, "text/plain", call.body()));
        http.on("POST", "/under/", faults, call -> Reply.text(200, "text/plain", "under " + call.path()));
        http.on("POST", "/broken", faults, call -> {
            throw new IllegalStateException(call.body());
        });
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void answersOnTheLoopbackAddress() throws Exception {
        HttpResponse<String> response = post("/echo", "hello");

        assertThat(response.body()).isEqualTo("hello");
        assertThat(http.base()).hasScheme("http").hasHost("127.0.0.1").hasPath("");
        assertThat(http.requests()).isEqualTo(1);
    }

    @Test
    void aKeptAliveRoundTripDoesNotWaitForADelayedAcknowledgement() throws Exception {
        for (int i = 0; i < 50; i++) {
            post("/echo", "warm up");
        }

        long best = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            post("/echo", "hello");
            best = Math.min(best, System.nanoTime() - start);
        }

        // With the stall every round trip takes 40 ms; without it about half of one.
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(10));
    }

    @Test
    void aPathThatEndsInASlashTakesWhatIsBelowIt() throws Exception {
        HttpResponse<String> response = post("/under/the/bridge", "");

        assertThat(response.body()).isEqualTo("under /under/the/bridge");
    }

    @Test
    void anUnknownPathIsNotFoundAndAnotherMethodIsNotAllowed() throws Exception {
        HttpResponse<String> unknown = post("/nowhere", "");
        HttpResponse<String> get =
                client.send(HttpRequest.newBuilder(uri("/echo")).build(), BodyHandlers.ofString());

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(get.statusCode()).isEqualTo(405);
    }

    @Test
    void aHandlerThatFailsIsNamedButItsMessageIsNotRepeated() throws Exception {
        HttpResponse<String> response = post("/broken", "a secret");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("IllegalStateException", "LoopbackHttpTest")
                .doesNotContain("a secret");
    }

    @Test
    void faultsComeInTheOrderAskedForAndThenEnd() throws Exception {
        faults.failNext(1, Fault.status(503).body("text/plain", "busy").header("x-request-id", "42"));
        faults.failNext(1, Fault.garbage());

        HttpResponse<String> first = post("/echo", "hello");
        HttpResponse<String> second = post("/echo", "hello");
        HttpResponse<String> third = post("/echo", "hello");

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("busy");
        assertThat(first.headers().firstValue("x-request-id")).hasValue("42");
        assertThat(second.body()).startsWith("{").doesNotEndWith("}");
        assertThat(third.body()).isEqualTo("hello");
    }

    @Test
    void aStandingFaultEndsWithRecovery() throws Exception {
        faults.failAlways(Fault.htmlPage());

        HttpResponse<String> page = post("/echo", "hello");
        HttpResponse<String> again = post("/echo", "hello");
        faults.recover();
        HttpResponse<String> recovered = post("/echo", "hello");

        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(again.statusCode()).isEqualTo(502);
        assertThat(recovered.statusCode()).isEqualTo(200);
    }

    @Test
    void aRateLimitIsWordedByTheEndpoint() throws Exception {
        faults.failNext(1, Fault.rateLimited(Duration.ofSeconds(7)));

        HttpResponse<String> response = post("/echo", "hello");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"error\":\"slow_down\"}");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void aCutConnectionGivesNoAnswer() {
        faults.failAlways(Fault.cutConnection());

        assertThatIOException().isThrownBy(() -> post("/echo", "hello"));
    }

    @Test
    void aDelayedAnswerIsTheProperOne() throws Exception {
        faults.failNext(1, Fault.delay(Duration.ofMillis(50)));

        long start = System.nanoTime();
        HttpResponse<String> response = post("/echo", "hello");

        assertThat(response.body()).isEqualTo("hello");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aStalledBodyBeginsAndEndsOnlyWithTheServer() throws Exception {
        faults.failAlways(Fault.stalledBody());

        HttpResponse<java.io.InputStream> response =
                client.send(request("/echo", "hello"), BodyHandlers.ofInputStream());
        byte[] begin = response.body().readNBytes(5);
        CompletableFuture<Integer> rest = CompletableFuture.supplyAsync(() -> {
            try {
                return response.body().read();
            } catch (IOException e) {
                return -1;
            }
        });

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(begin).asString().isEqualTo("{\"acc");
        assertThatThrownBy(() -> rest.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        http.close();
        assertThat(rest.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @Test
    void closingIsQuickEvenWhileARequestIsHeld() throws Exception {
        faults.failAlways(Fault.delay(Duration.ofMinutes(5)));
        CompletableFuture<HttpResponse<String>> held =
                client.sendAsync(request("/echo", "hello"), BodyHandlers.ofString());
        while (http.requests() == 0) {
            Thread.onSpinWait();
        }

        long start = System.nanoTime();
        http.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> held.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void allItsThreadsAreDaemons() throws Exception {
        post("/echo", "hello");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().equals("loopback-test"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(Thread::isDaemon);
    }

    @Test
    void onlyAnAnswerWithAStatusTakesABody() {
        assertThatIllegalStateException().isThrownBy(() -> Fault.cutConnection().body("text/plain", "x"));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private URI uri(String path) {
        return http.base().resolve(path);
    }
}
