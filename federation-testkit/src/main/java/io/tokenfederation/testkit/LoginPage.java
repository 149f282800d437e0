// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Map;
import java.util.Optional;

/** The pages a person sees: plain HTML without script, style or picture. */
final class LoginPage {
    static final String PATH = "/login";

    private LoginPage() {}

    /** The form; the problem, if there is one, is announced to those who do not see it. */
    static Reply form(int status, Browsers.Transaction transaction, String username, Optional<String> problem) {
        String alert = problem.map(text -> "<p role=\"alert\" id=\"problem\">" + escape(text) + "</p>\n")
                .orElse("");
        String described = problem.isPresent() ? " aria-describedby=\"problem\" aria-invalid=\"true\"" : "";
        String body = alert
                + "<form method=\"post\" action=\"" + PATH + "\">\n"
                + hidden("transaction", transaction.id())
                + hidden("csrf", transaction.csrf())
                + "<p><label for=\"username\">Username</label><br>\n<input id=\"username\" name=\"username\""
                + " value=\"" + escape(username) + "\" autocomplete=\"username\" autocapitalize=\"none\""
                + " spellcheck=\"false\" required" + described + "></p>\n"
                + "<p><label for=\"password\">Password</label><br>\n<input id=\"password\" name=\"password\""
                + " type=\"password\" autocomplete=\"current-password\" required" + described + "></p>\n"
                + "<p><button type=\"submit\">Log in</button></p>\n</form>\n";
        // A browser holds form-action against the redirect that follows the form, too.
        String back = BrowserApplication.origin(transaction.request().redirectUri());
        return page(status, "Log in", body, "'self' " + back);
    }

    /** A page that says something and leads nowhere. */
    static Reply notice(int status, String title, String text) {
        return page(status, title, "<p>" + escape(text) + "</p>\n", "'none'");
    }

    static Refusal refusal(int status, String text) {
        return new Refusal(notice(status, "This cannot go on", text));
    }

    /** Sends the browser on with these parameters, keeping those that the address has (RFC 6749 §3.1.2). */
    static Reply redirect(int status, String uri, Map<String, String> parameters) {
        String query = HttpCall.encode(parameters);
        String glue = query.isEmpty() ? "" : uri.contains("?") ? "&" : "?";
        return kept(Reply.empty(status).header("Location", uri + glue + query));
    }

    private static Reply page(int status, String title, String body, String formAction) {
        String html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + title
                + "</title>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" + body + "</main>\n</body>\n</html>\n";
        return kept(Reply.text(status, "text/html; charset=utf-8", html))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action " + formAction)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
    }

    /** Codes and states are in addresses: neither a cache nor the next site's logs may have them (RFC 9700 §4.2). */
    private static Reply kept(Reply reply) {
        return reply.header("Cache-Control", "no-store").header("Referrer-Policy", "no-referrer");
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escape(value) + "\">\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
