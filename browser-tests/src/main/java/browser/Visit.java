// SPDX-License-Identifier: Apache-2.0
package browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Proxy;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One person's browser, with cookies and storage of its own, and a proxy that writes down what it sends and gets. */
public final class Visit implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Set<String> LOUD = Set.of("error", "warning", "assert");

    private static final String REPORT_VIOLATIONS = """
            document.addEventListener("securitypolicyviolation", (violation) =>
                console.error("content security policy: " + violation.effectiveDirective + " " + violation.blockedURI));
            """;

    private final RecordingProxy proxy;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private Visit(RecordingProxy proxy, BrowserContext context) {
        this.proxy = proxy;
        this.context = context;
        context.setDefaultTimeout(Chromium.PATIENCE);
        context.addInitScript(REPORT_VIOLATIONS);
        context.onConsoleMessage(this::hear);
        context.onWebError(error -> complaints.add("uncaught: " + withoutJwts(error.error())));
        context.onRequest(this::note);
        page = context.newPage();
    }

    static Visit begin(Browser browser, Device device) {
        RecordingProxy proxy = RecordingProxy.start();
        // To this machine, too, which browsers reach without a proxy if nobody says otherwise.
        Proxy setting = new Proxy("http://" + proxy.address()).setBypass("<-loopback>");
        BrowserContext context =
                browser.newContext(device.options().setProxy(setting).setServiceWorkers(ServiceWorkerPolicy.ALLOW));
        return new Visit(proxy, context);
    }

    /** {@return the tab that was opened first} */
    public Page page() {
        return page;
    }

    /** Types an address. */
    public void goTo(String address) {
        page.navigate(address);
    }

    /** Keeps requests for this address from getting through; they are in the log. */
    public void holdBack(URI address) {
        String held = NetworkLog.withoutQuery(address);
        proxy.holdBack(uri -> NetworkLog.withoutQuery(uri).equals(held));
    }

    public void holdBackNothing() {
        proxy.holdBack(uri -> false);
    }

    /** {@return the proxy's log of this browser} */
    public NetworkLog log() {
        return proxy.log();
    }

    /** {@return the addresses the browser itself says it asked for, without their queries} */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** {@return errors and warnings of the console, uncaught exceptions, violations of a page's security policy} */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** {@return what the page has left behind by now} */
    public Residue residue() {
        return Residue.of(page);
    }

    /** {@return what axe-core finds wrong with the page as it is, each with the element it is about} */
    public List<String> accessibilityProblems() {
        page.evaluate(Residue.script("/axe.min.js") + ";undefined");
        Object found = page.evaluate("async () => (await axe.run()).violations.flatMap(rule =>"
                + " rule.nodes.map(node => rule.id + ': ' + node.failureSummary + ' ' + node.target))");
        return ((List<?>) found)
                .stream().map(problem -> withoutJwts((String) problem)).toList();
    }

    /** {@return by how many pixels the page is wider than the window} */
    public int tooWideBy() {
        return (Integer) page.evaluate(
                "() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");
    }

    /** Takes a picture of the whole page: {@code target/screenshots/<name>.png}. */
    public void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** {@return what may be printed when a test has failed} */
    String story() {
        StringBuilder story = new StringBuilder();
        complaints.forEach(line -> story.append(line).append('\n'));
        proxy.log()
                .exchanges()
                .forEach(exchange -> story.append(exchange)
                        .append(" -> ")
                        .append(exchange.status())
                        .append('\n'));
        return story.toString();
    }

    private void hear(ConsoleMessage message) {
        if (LOUD.contains(message.type())) {
            complaints.add(message.type() + ": " + withoutJwts(message.text()));
        }
    }

    private void note(Request request) {
        if (request.url().startsWith("http")) {
            requests.add(request.method() + " " + request.url().replaceFirst("[?#].*", ""));
        }
    }

    private static String withoutJwts(String text) {
        return text.replaceAll("eyJ[A-Za-z0-9_.-]+", "[JWT]");
    }

    @Override
    public void close() {
        context.close();
        proxy.close();
    }
}
