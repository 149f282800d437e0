// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Starts the web sample: on stand-ins; with LOGIN_ISSUER set, people log in at a provider of yours; with IDP_TOKEN_URL set
 * too, on the real services alone.
 */
public final class WebSample {
    private WebSample() {}

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        System.getProperties().stringPropertyNames().forEach(name -> variables.put(name, System.getProperty(name)));
        int exitCode = start(variables, System.out, System.err);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
        new CountDownLatch(1).await();
    }

    /** {@return the exit code: 0 if it runs now, 2 if a setting is missing or wrong} */
    static int start(Map<String, String> variables, PrintStream out, PrintStream err) {
        HttpLimits.set();
        try {
            WebApplication application = application(variables, out, err);
            out.println("Open " + application.uri() + "/ in a browser. Ctrl-C ends it.");
            return 0;
        } catch (Variables.Mistakes e) {
            err.println("Token Federation web sample: " + e.lines().size() + " missing or wrong:");
            e.lines().forEach(line -> err.println("  " + line));
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof BindException)) {
                throw e;
            }
            err.println("Token Federation web sample: the port is taken — fix: set WEB_PORT to another one");
        }
        return 2;
    }

    private static WebApplication application(Map<String, String> values, PrintStream out, PrintStream err) {
        Variables given = new Variables(values);
        Consumer<String> log = line -> out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
        if (given.has("IDP_TOKEN_URL")) {
            // Never with the stand-in's login: everybody knows its passwords.
            WebApplication application = WebApplication.start(WebSettings.read(values), log);
            out.println("Token Federation web sample: on the real services.");
            return application;
        }
        UnheardVariables.requireIssuer(given);
        List<String> ignored = UnheardVariables.withoutRealServices(given);
        if (!ignored.isEmpty()) {
            err.println(
                    "Token Federation web sample: ignored, as IDP_TOKEN_URL is not set: " + String.join(", ", ignored));
        }
        return onStandIns(given, values, out, log);
    }

    private static WebApplication onStandIns(
            Variables given, Map<String, String> values, PrintStream out, Consumer<String> log) {
        WebStandIns world = WebStandIns.start();
        out.println("Token Federation web sample: on stand-ins that run in this process"
                + (given.has("LOGIN_ISSUER") ? "; people log in at " + given.or("LOGIN_ISSUER", "") : "") + ".");
        if (given.has("WEB_PORT")) {
            return world.open(values, log);
        }
        Map<String, String> withPort = new HashMap<>(values);
        withPort.put("WEB_PORT", "" + Address.USUAL_PORT);
        try {
            return world.open(withPort, log);
        } catch (UncheckedIOException taken) {
            if (given.has("LOGIN_ISSUER") || given.has("WEB_URL")) {
                // Somebody else was told the port: another would lead nowhere.
                throw taken;
            }
            withPort.put("WEB_PORT", "0");
            return world.open(withPort, log);
        }
    }
}
