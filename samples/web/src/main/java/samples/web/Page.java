// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The page and its files: the few that are named here, from the class path, and the settings the browser needs. */
final class Page {
    static final String CALLBACK = "/callback";

    private record Content(String type, String text) {}

    static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final Map<String, Content> contents = new LinkedHashMap<>();

    Page(WebSettings settings) {
        add("/", HTML, "index.html");
        // The identity provider sends the browser back here; the script takes the code out of the address at once.
        add(CALLBACK, HTML, "index.html");
        for (String script :
                new String[] {"app.js", "login.js", "pkce.js", "view.js", "path.js", "places.js", "query.js"}) {
            add("/" + script, SCRIPT, script);
        }
        for (String style : new String[] {"base.css", "path.css"}) {
            add("/" + style, STYLE, style);
        }
        add("/icon.svg", "image/svg+xml", "icon.svg");
        contents.put("/config.json", new Content("application/json", config(settings)));
    }

    boolean has(String path) {
        return contents.containsKey(path);
    }

    void answer(HttpExchange exchange, String path) throws IOException {
        Content content = Optional.ofNullable(contents.get(path))
                .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "There is nothing here."));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (!head && !exchange.getRequestMethod().equals("GET")) {
            throw new Refusal(405, "WRONG_METHOD", "This can only be read.").header("Allow", "GET, HEAD");
        }
        exchange.getResponseHeaders().set("Content-Type", content.type());
        byte[] body = content.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private void add(String path, String type, String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            contents.put(path, new Content(type, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing in it is secret: a browser application has no secrets. */
    private static String config(WebSettings settings) {
        Login login = settings.login();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("issuer", login.issuer());
        config.put("clientId", login.clientId());
        config.put("parameters", login.parameters());
        config.put("redirectPath", CALLBACK);
        config.put("question", settings.tool().question());
        login.standIn().ifPresent(people -> config.put("standIn", people));
        try {
            return new ObjectMapper().writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("these settings are plain text", e);
        }
    }
}
