// SPDX-License-Identifier: Apache-2.0
package browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The Chromium of this machine, without a window. To be used on one thread. */
public final class Chromium implements AutoCloseable {
    /** For a page to get where it is expected; two cores may be busy with other things. */
    static final double PATIENCE =
            Duration.parse(System.getProperty("browser.patience", "PT30S")).toMillis();

    private static final Path EXECUTABLE = Path.of(System.getProperty("browser.executable", "/usr/bin/chromium"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium() {
        if (!Files.isExecutable(EXECUTABLE)) {
            throw new IllegalStateException("there is no browser at " + EXECUTABLE
                    + ": install Debian's package chromium, or name another with -Dbrowser.executable=…");
        }
        // Only the driver is wanted; the browsers it would fetch are not.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        // Chromium's sandbox refuses to work for root, which is who runs builds in containers.
        boolean root = "root".equals(System.getProperty("user.name"));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(EXECUTABLE)
                        .setChromiumSandbox(!root)
                        .setHeadless(true));
    }

    static Chromium start() {
        return new Chromium();
    }

    /** {@return a browser that has been nowhere, to be closed} */
    public Visit visit(Device device) {
        return Visit.begin(browser, device);
    }

    /** {@return the browser's version} */
    public String version() {
        return browser.version();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
