// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import browser.Device;
import browser.Exchange;
import browser.On;
import browser.Visit;
import browser.WithChromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The browser and the log of its wire, on a page of a few lines. */
@ExtendWith(WithChromium.class)
class ChromiumVisitTest {
    private final TinySite site = new TinySite().page("/", "<p id=said>-</p>");

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void everyRequestIsWrittenDownWithItsAnswer(Visit visit) {
        site.on("/api", exchange -> {
            exchange.getResponseHeaders().set("X-Said", "yes");
            TinySite.send(exchange, 418, "text/plain", "short and stout: é");
        });
        visit.page().navigate(site.url("/"));

        Object shown = visit.page()
                .evaluate("async () => (await fetch('/api?q=1',"
                        + " {method: 'PUT', body: 'ä', headers: {'X-Ask': 'why'}})).text()");

        Exchange exchange = visit.log().exchanges().get(visit.log().exchanges().size() - 1);
        assertThat(shown).isEqualTo("short and stout: é");
        assertThat(exchange.method()).isEqualTo("PUT");
        assertThat(exchange.uri()).hasToString(site.url("/api?q=1"));
        assertThat(exchange.requestHeader("x-ask")).containsExactly("why");
        assertThat(utf8(exchange.requestBody())).isEqualTo("ä");
        assertThat(exchange.status()).isEqualTo(418);
        assertThat(exchange.responseHeader("X-SAID")).containsExactly("yes");
        assertThat(utf8(exchange.responseBody())).isEqualTo("short and stout: é");
    }

    @Test
    void everyRequestTheBrowserTellsOfIsInTheLog(Visit visit) {
        site.page(
                "/with",
                "<img src=/a alt=a><link rel=stylesheet href=/b><script src=/c></script><iframe src=/d></iframe>");

        visit.page().navigate(site.url("/with"));

        assertThat(visit.requests()).contains("GET " + site.url("/a"), "GET " + site.url("/d"));
        assertThat(visit.log().exchanges()).extracting(Exchange::toString).containsAll(visit.requests());
    }

    @Test
    void answerThatComesInPiecesGoesOnInPieces(Visit visit) {
        CountDownLatch seen = new CountDownLatch(1);
        site.on("/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first;".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            await(seen);
            exchange.getResponseBody().write("second".getBytes(StandardCharsets.US_ASCII));
        });
        visit.page().navigate(site.url("/"));

        visit.page().evaluate("""
                () => { fetch("/stream").then(async (answer) => {
                  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
                  for (let part = await reader.read(); !part.done; part = await reader.read()) {
                    document.getElementById("said").append(part.value);
                  }
                }); }
                """);
        assertThat(visit.page().locator("#said")).hasText("-first;");
        seen.countDown();

        assertThat(visit.page().locator("#said")).hasText("-first;second");
    }

    @Test
    void otherMachinesAreOutOfReach(Visit visit) {
        visit.page().navigate(site.url("/"));

        Object status = visit.page().evaluate("async () => (await fetch('http://192.0.2.1/', {mode: 'no-cors'})).type");

        assertThat(status).isEqualTo("opaque");
        assertThat(visit.log().exchanges()).last().returns(403, Exchange::status);
    }

    @Test
    void whatTheConsoleComplainsOfIsKeptWithoutTokens(Visit visit) {
        site.on("/strict", exchange -> {
            exchange.getResponseHeaders().set("Content-Security-Policy", "script-src 'none'");
            TinySite.send(exchange, 200, "text/html", "<!DOCTYPE html><title>Strict</title><script>1</script>");
        });

        visit.page().navigate(site.url("/strict"));
        visit.page().evaluate("() => { setTimeout(() => { throw new Error('no eyJhbGciOiJSUzI1NiJ9.e30.x') }) }");
        visit.page().evaluate("() => new Promise(done => setTimeout(done))");

        assertThat(visit.complaints())
                .anyMatch(line -> line.startsWith("error: content security policy: script-src"))
                .anyMatch(line -> line.startsWith("uncaught: Error: no [JWT]"));
    }

    @Test
    void pageThatIsTooWideForAPhoneIsNoticed(@On(Device.PHONE) Visit visit) {
        site.page("/wide", "<p style='width: 400px'>wide</p>").page("/narrow", "<p>narrow</p>");

        visit.page().navigate(site.url("/narrow"));
        assertThat(visit.tooWideBy()).isZero();
        visit.page().navigate(site.url("/wide"));
        assertThat(visit.tooWideBy()).isPositive();
    }

    @Test
    void fieldWithoutALabelIsNoticed(Visit visit) {
        site.page("/labelled", "<label>Name <input></label>").page("/bare", "<input>");

        visit.page().navigate(site.url("/labelled"));
        assertThat(visit.accessibilityProblems()).isEmpty();
        visit.page().navigate(site.url("/bare"));
        assertThat(visit.accessibilityProblems()).singleElement().asString().startsWith("label: ");
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
