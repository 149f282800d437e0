// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a stand-in does instead of answering.
 *
 * <pre>{@code
 * idp.failNext(2, Fault.status(503));
 * databricks.tokenEndpoint().failAlways(Fault.delay(Duration.ofSeconds(5)));
 * }</pre>
 *
 * <p>Immutable: {@link #body} and {@link #header} return changed copies.
 */
public final class Fault {
    /** What happens to the request. */
    enum Kind {
        ANSWER,
        RATE_LIMITED,
        DELAY,
        STALLED_BODY,
        CUT_CONNECTION,
        LOST_ANSWER,
        CHANGED_BODY,
        CUT_BODY
    }

    private final Kind kind;
    private final Reply reply;
    private final Duration time;
    private final UnaryOperator<byte[]> change;

    private Fault(Kind kind, Reply reply, Duration time) {
        this(kind, reply, time, UnaryOperator.identity());
    }

    private Fault(Kind kind, Reply reply, Duration time, UnaryOperator<byte[]> change) {
        this.kind = kind;
        this.reply = reply;
        this.time = time;
        this.change = change;
    }

    /**
     * An answer with this status and an empty body.
     *
     * @param status the HTTP status, 200 to 599
     * @return the fault
     */
    public static Fault status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a status is 200 to 599; this is " + status);
        }
        return answer(Reply.empty(status));
    }

    /**
     * The proper answer, late.
     *
     * @param delay how late
     * @return the fault
     */
    public static Fault delay(Duration delay) {
        return new Fault(Kind.DELAY, Reply.empty(200), requireNonNull(delay, "delay"));
    }

    /**
     * Status 200, headers and the first bytes of a body; then silence until the stand-in closes.
     *
     * @return the fault
     */
    public static Fault stalledBody() {
        return new Fault(Kind.STALLED_BODY, Reply.empty(200), Duration.ZERO);
    }

    /**
     * No answer: the connection is closed.
     *
     * @return the fault
     */
    public static Fault cutConnection() {
        return new Fault(Kind.CUT_CONNECTION, Reply.empty(200), Duration.ZERO);
    }

    /**
     * The request is carried out, and then the connection is closed without an answer.
     *
     * @return the fault
     */
    public static Fault lostAnswer() {
        return new Fault(Kind.LOST_ANSWER, Reply.empty(200), Duration.ZERO);
    }

    /**
     * The proper answer's first lines and half of the next one; then the connection is closed.
     *
     * @param lines how many lines are whole, 0 or more
     * @return the fault
     */
    public static Fault cutBody(int lines) {
        return changedBody(Kind.CUT_BODY, body -> BodyLines.first(body, lines, true));
    }

    /**
     * The proper answer's first lines, as if they were all: nothing but the content tells that the rest is missing.
     *
     * @param lines how many lines come, 0 or more
     * @return the fault
     */
    public static Fault endedBody(int lines) {
        return changedBody(Kind.CHANGED_BODY, body -> BodyLines.first(body, lines, false));
    }

    /**
     * The proper answer's first lines, and then a sharing server's word that it failed, as it sends it once status 200 is
     * out.
     *
     * @param lines how many lines come before, 0 or more
     * @param message what {@code errorMessage} says
     * @return the fault
     */
    public static Fault sharingErrorAtEnd(int lines, String message) {
        byte[] end = Json.write(Map.of("endStreamAction", Map.of("errorMessage", requireNonNull(message, "message"))));
        return changedBody(Kind.CHANGED_BODY, body -> BodyLines.joined(BodyLines.first(body, lines, false), end));
    }

    /**
     * Status 500 as a sharing server has it: JSON that says nothing, under {@code text/plain}.
     *
     * @return the fault
     */
    public static Fault sharingInternalError() {
        return answer(SharingReplies.internalError());
    }

    /**
     * Status 200 with JSON that ends in the middle.
     *
     * @return the fault
     */
    public static Fault garbage() {
        return status(200).body("application/json", "{\"access_token\":\"eyJ");
    }

    /**
     * Status 502 with the HTML page of a gateway.
     *
     * @return the fault
     */
    public static Fault htmlPage() {
        return status(502)
                .body(
                        "text/html",
                        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1>"
                                + "</center><hr><center>gateway</center></body></html>");
    }

    /**
     * Status 429, in the words of the stand-in it is given to.
     *
     * @param retryAfter what {@code Retry-After} says, in whole seconds
     * @return the fault
     */
    public static Fault rateLimited(Duration retryAfter) {
        return new Fault(Kind.RATE_LIMITED, Reply.empty(429), requireNonNull(retryAfter, "retryAfter"));
    }

    /**
     * Status 429 as Auth0 words it when an application's quota of M2M tokens is used up.
     *
     * @param retryAfter when the quota is renewed, in whole seconds
     * @return the fault
     */
    public static Fault auth0QuotaExceeded(Duration retryAfter) {
        return answer(Auth0Replies.quotaExceeded(requireNonNull(retryAfter, "retryAfter")));
    }

    /**
     * A refusal of Entra ID with any of its codes, in its words where they are on record.
     *
     * @param code the number behind {@code AADSTS}, such as 7000215
     * @return the fault
     */
    public static Fault aadsts(int code) {
        Aadsts error = Aadsts.of(code);
        return answer(EntraReplies.reply(error, error.text(), Clock.systemUTC().instant()));
    }

    /**
     * Okta's {@code temporarily_unavailable}: passing, although its status is 400.
     *
     * @return the fault
     */
    public static Fault oktaTemporarilyUnavailable() {
        return answer(OktaReplies.temporarilyUnavailable());
    }

    /**
     * This fault with a body.
     *
     * @param contentType the body's media type
     * @param body the body
     * @return the changed copy
     * @throws IllegalStateException if the fault is none that answers with a given status
     */
    public Fault body(String contentType, String body) {
        return changed(reply.withText(requireNonNull(contentType, "contentType"), requireNonNull(body, "body")));
    }

    /**
     * This fault with one more header.
     *
     * @param name the header's name
     * @param value its value
     * @return the changed copy
     * @throws IllegalStateException if the fault is none that answers with a given status
     */
    public Fault header(String name, String value) {
        return changed(reply.header(requireNonNull(name, "name"), requireNonNull(value, "value")));
    }

    static Fault answer(Reply reply) {
        return new Fault(Kind.ANSWER, reply, Duration.ZERO);
    }

    Kind kind() {
        return kind;
    }

    boolean changesBody() {
        return kind == Kind.CHANGED_BODY || kind == Kind.CUT_BODY;
    }

    Reply reply() {
        return reply;
    }

    /** How late, or how long to stay away. */
    Duration time() {
        return time;
    }

    /** What becomes of the proper answer's body. */
    byte[] changed(byte[] body) {
        return change.apply(body);
    }

    private static Fault changedBody(Kind kind, UnaryOperator<byte[]> change) {
        return new Fault(kind, Reply.empty(200), Duration.ZERO, change);
    }

    private Fault changed(Reply changed) {
        if (kind != Kind.ANSWER) {
            throw new IllegalStateException("only Fault.status(…) takes a body and headers; this is " + kind);
        }
        return answer(changed);
    }
}
