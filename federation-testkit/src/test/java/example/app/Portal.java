// SPDX-License-Identifier: Apache-2.0
package example.app;

import example.app.Web.Answer;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackIdpBuilder;
import io.tokenfederation.testkit.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** An application in the browser, and the identity provider its people log in at. */
final class Portal implements AutoCloseable {
    /** A dialect, with what a request for the API's scope {@code read} looks like in it. */
    enum Vendor {
        AUTH0(Portal.API, "read") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.auth0();
            }
        },
        OKTA("", "read") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.okta();
            }
        },
        ENTRA("", "api://sales/read") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.entra();
            }
        },
        OIDC(Portal.API, "read") {
            @Override
            LoopbackIdpBuilder builder() {
                return LoopbackIdp.oidc();
            }
        };

        private final String audience;
        private final String scope;

        Vendor(String audience, String scope) {
            this.audience = audience;
            this.scope = scope;
        }

        abstract LoopbackIdpBuilder builder();
    }

    static final String CLIENT = "portal";
    static final String ORIGIN = "http://localhost:5173";
    static final String CALLBACK = ORIGIN + "/callback";
    static final String GOODBYE = ORIGIN + "/goodbye";
    static final String API = "api://sales";
    static final String USERNAME = "sarah@partner.example";
    static final String PASSWORD = "correct horse";
    static final String VERIFIER = "verifier-of-the-portal_0123456789.abcdefghij~KLM";

    private final Vendor vendor;
    private final LoopbackIdp idp;
    private final Browser browser = new Browser();

    Portal(Vendor vendor, Clock clock) {
        this.vendor = vendor;
        this.idp = vendor.builder().clock(clock).start();
        idp.api(API)
                .browserApplication(CLIENT, CALLBACK, "https://portal.example/callback?tenant=1")
                .browserApplication("other", "http://localhost:5174/callback")
                .grant(CLIENT, API, "read")
                .grant("other", API, "read")
                .person(Person.of(USERNAME, PASSWORD)
                        .name("Sarah")
                        .email("sarah@partner.example")
                        .roles("sales-west")
                        .groups("partners"));
        idp.login().logoutUris(CLIENT, GOODBYE);
    }

    LoopbackIdp idp() {
        return idp;
    }

    Browser browser() {
        return browser;
    }

    /** Asks for a login; a change that is empty leaves the parameter out. */
    Answer authorize(Map<String, String> changes) throws IOException, InterruptedException {
        return authorize(browser, changes);
    }

    Answer authorize(Browser with, Map<String, String> changes) throws IOException, InterruptedException {
        Map<String, String> query = new HashMap<>();
        query.put("audience", vendor.audience);
        query.put("scope", "openid profile email offline_access " + vendor.scope);
        query.put("response_type", "code");
        query.put("client_id", CLIENT);
        query.put("redirect_uri", CALLBACK);
        query.put("state", "state of the portal&=");
        query.put("nonce", "n-0S6_WzA2Mj");
        query.put("code_challenge", challenge(VERIFIER));
        query.put("code_challenge_method", "S256");
        query.putAll(changes);
        query.values().removeIf(String::isEmpty);
        return with.get(URI.create(idp.login().authorizationEndpoint() + "?" + Web.form(query)));
    }

    /** Logs Sarah in, and gives where the browser is sent with what. */
    Map<String, String> login(Map<String, String> changes) throws IOException, InterruptedException {
        Answer page = authorize(changes);
        return Web.query(browser.submit(page, USERNAME, PASSWORD).header("Location"));
    }

    String code() throws IOException, InterruptedException {
        return login(Map.of()).getOrDefault("code", "");
    }

    Answer redeem(String code, Map<String, String> changes) throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", CLIENT);
        form.put("code", code);
        form.put("redirect_uri", CALLBACK);
        form.put("code_verifier", VERIFIER);
        form.putAll(changes);
        form.values().removeIf(String::isEmpty);
        return Web.postForm(idp.tokenEndpoint(), form, "Origin", ORIGIN);
    }

    Answer refresh(String refreshToken, Map<String, String> changes) throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", CLIENT);
        form.put("refresh_token", refreshToken);
        form.putAll(changes);
        return Web.postForm(idp.tokenEndpoint(), form, "Origin", ORIGIN);
    }

    Answer tokens() throws IOException, InterruptedException {
        return redeem(code(), Map.of());
    }

    static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        idp.close();
    }
}
