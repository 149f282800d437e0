// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.deltasharing.LoginBrowser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser who logs in when it is opened, and sees what they are shown in the end. */
public final class Visitor implements LoginBrowser {
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");
    private static final HttpClient PLAIN =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final LoginWorld world;
    private final AtomicInteger opened = new AtomicInteger();
    private final List<URI> addresses = new CopyOnWriteArrayList<>();
    private final List<URI> answers = new CopyOnWriteArrayList<>();
    private final List<HttpResponse<String>> pages = new CopyOnWriteArrayList<>();

    Visitor(LoginWorld world) {
        this.world = world;
    }

    @Override
    public void open(URI address) throws IOException {
        opened.incrementAndGet();
        addresses.add(address);
        world.register(address);
        URI answer = answerTo(address);
        answers.add(answer);
        pages.add(page(answer));
    }

    /** Logs in, and gives where the identity provider sends the browser; nobody goes there yet. */
    URI answerTo(URI address) throws IOException {
        HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .build();
        HttpResponse<String> form = send(browser, HttpRequest.newBuilder(address));
        Map<String, String> fields = new HashMap<>();
        Matcher hidden = HIDDEN.matcher(form.body());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        fields.put("username", LoginWorld.USERNAME);
        fields.put("password", LoginWorld.PASSWORD);
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) ->
                body.append(name).append('=').append(encoded(value)).append('&'));
        HttpResponse<String> sent = send(
                browser,
                HttpRequest.newBuilder(form.uri().resolve("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
        return sentTo(sent);
    }

    static URI sentTo(HttpResponse<String> redirected) {
        return URI.create(redirected.headers().firstValue("Location").orElse("no:answer:" + redirected.statusCode()));
    }

    /** How often the browser was opened. */
    public int opened() {
        return opened.get();
    }

    /** The last address it was opened with. */
    URI address() {
        return addresses.get(addresses.size() - 1);
    }

    /** The last address the identity provider sent it to. */
    URI answer() {
        return answers.get(answers.size() - 1);
    }

    /** The last page it showed. */
    HttpResponse<String> page() {
        return pages.get(pages.size() - 1);
    }

    static HttpResponse<String> page(URI at) throws IOException {
        return send(PLAIN, HttpRequest.newBuilder(at));
    }

    static HttpResponse<String> post(URI at) throws IOException {
        return send(PLAIN, HttpRequest.newBuilder(at).POST(BodyPublishers.ofString("code=1")));
    }

    static Map<String, String> query(String address) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : address.substring(address.indexOf('?') + 1).split("&", -1)) {
            String[] halves = pair.split("=", 2);
            parameters.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
