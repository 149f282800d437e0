// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.deltasharing.LoginBrowser;
import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.deltasharing.RecipientLoginBuilder;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackIdpBuilder;
import io.tokenfederation.testkit.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A recipient's identity provider, the recipient's endpoint that points there, and somebody with a browser. */
public final class LoginWorld implements AutoCloseable {
    public static final String CLIENT = "spreadsheet";
    public static final String API = "api://sharing";
    static final String USERNAME = "ana@recipient.example";
    static final String PASSWORD = "correct horse";
    private static final String PATH = "/api/2.0/delta-sharing/metastores/1/recipients/2";

    private final LoopbackIdp idp;
    private final HttpServer databricks;
    private volatile UnaryOperator<String> document = text -> text;
    private volatile int documentStatus = 200;

    public LoginWorld(LoopbackIdpBuilder provider) {
        this.idp = provider.start();
        idp.api(API).person(Person.of(USERNAME, PASSWORD).name("Ana"));
        try {
            this.databricks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        databricks.createContext(PATH + "/oidc/.well-known/openid-configuration", this::discovery);
        databricks.start();
    }

    public LoopbackIdp idp() {
        return idp;
    }

    /** What the recipient's discovery document says instead. */
    void document(UnaryOperator<String> changed) {
        this.document = changed;
    }

    void documentStatus(int status) {
        this.documentStatus = status;
    }

    URI recipient() {
        return URI.create("http://127.0.0.1:" + databricks.getAddress().getPort() + PATH);
    }

    /** With all that is required but the browser. */
    public RecipientLoginBuilder builder() {
        return RecipientLogin.builder()
                .recipient(recipient())
                .clientId(CLIENT)
                .scopes("read", "offline_access")
                .parameter("audience", API);
    }

    RecipientLogin login(LoginBrowser browser) {
        return builder().browser(browser).build();
    }

    /** Says that the address the browser is to come back to is registered, and gives it. */
    public URI register(URI address) {
        URI redirect = URI.create(parameters(address).getOrDefault("redirect_uri", ""));
        idp.browserApplication(CLIENT, redirect.toString()).grant(CLIENT, API, "read");
        return redirect;
    }

    /** An answer to this login that says what a test has it say. */
    URI answer(URI address, String what) {
        return register(address)
                .resolve("?" + what + "&state=" + parameters(address).get("state") + "&iss="
                        + Visitor.encoded(idp.issuer()));
    }

    static Map<String, String> parameters(URI address) {
        return Visitor.query(address.toString());
    }

    /** Ana, who logs in and is sent back. */
    public Visitor ana() {
        return new Visitor(this);
    }

    @Override
    public void close() {
        databricks.stop(0);
        idp.close();
    }

    private void discovery(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = Visitor.page(URI.create(idp.issuer() + (idp.issuer().endsWith("/") ? "" : "/")
                            + ".well-known/openid-configuration"))
                    .body();
            byte[] bytes = document.apply(text).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(documentStatus, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
