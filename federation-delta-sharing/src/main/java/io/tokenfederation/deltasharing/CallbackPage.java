// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.nio.charset.StandardCharsets;

/** What the browser is shown: a plain page of our own words, nothing of what came with the request. */
enum CallbackPage {
    RECEIVED("200 OK", "You can close this window", "The application has what it needs. Go back to it."),
    REFUSED(
            "200 OK",
            "The login did not work",
            "The application says why. You can close this window and go back to it."),
    OVER("410 Gone", "This login is over", "Go back to the application, and start again from there if need be."),
    NOT_OURS("400 Bad Request", "This is no answer to a login", "The application still waits for the right one."),
    NOT_FOUND("404 Not Found", "There is nothing here", "The application waits for a login at another address."),
    NOT_GET("405 Method Not Allowed", "This is no answer to a login", "The application still waits for the right one."),
    OTHER_HOST("421 Misdirected Request", "This is no answer to a login", "The application waits at another name."),
    UNREADABLE("400 Bad Request", "This is no answer to a login", "The request cannot be read, or is too large.");

    private final String status;
    private final String title;
    private final String text;

    CallbackPage(String status, String title, String text) {
        this.status = status;
        this.title = title;
        this.text = text;
    }

    byte[] response() {
        String page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                + "</title></head><body><h1>" + title + "</h1><p>" + text + "</p></body></html>\n";
        // The address holds a code that is spent; nothing on this page could send it anywhere, and nothing keeps it.
        String head = "HTTP/1.1 " + status + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n"
                + "Content-Length: " + page.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Cache-Control: no-store\r\n"
                + (this == NOT_GET ? "Allow: GET\r\n" : "")
                + "Connection: close\r\n\r\n";
        return (head + page).getBytes(StandardCharsets.UTF_8);
    }
}
