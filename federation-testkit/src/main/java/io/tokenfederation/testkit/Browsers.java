// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The browsers that came by: who is logged in on which, and which login page each has open.
 *
 * <p>A login page is good for the browser it was given to, once, and for ten minutes. Thread-safe.
 */
final class Browsers {
    /** That a person is logged in. */
    record Session(String id, Person person, Instant authTime, Instant end) {
        @Override
        public String toString() {
            return "Session[redacted]";
        }
    }

    /** A login page that was given out. */
    record Transaction(
            String id, String csrf, String browser, AuthorizationRequest request, LoginTarget target, Instant end) {
        @Override
        public String toString() {
            return "Transaction[redacted]";
        }
    }

    private static final Duration SESSION_LIFE = Duration.ofHours(10);
    private static final Duration PAGE_LIFE = Duration.ofMinutes(10);

    /** From this many on, those that have ended are forgotten. */
    private static final int MANY = 10_000;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Transaction> transactions = new ConcurrentHashMap<>();
    private final InstantSource clock;
    /** Cookies do not know ports: two stand-ins of one machine must not have the same. */
    private final String sessionCookie;

    private final String browserCookie;

    Browsers(InstantSource clock, int port) {
        this.clock = clock;
        this.sessionCookie = "idp_session_" + port;
        this.browserCookie = "idp_browser_" + port;
    }

    Optional<Session> session(HttpCall call) {
        return call.cookie(sessionCookie)
                .flatMap(id -> Optional.ofNullable(sessions.get(id)))
                .filter(session -> clock.instant().isBefore(session.end()));
    }

    /** Begins a session with a new id, so that nobody can prepare one for another person, and ends the browser's old one. */
    Session begin(HttpCall call, Person person) {
        Instant now = clock.instant();
        if (sessions.size() > MANY) {
            sessions.values().removeIf(old -> !now.isBefore(old.end()));
        }
        end(call);
        Session session = new Session(OneTimeTokens.random(), person, now, now.plus(SESSION_LIFE));
        sessions.put(session.id(), session);
        return session;
    }

    void end(HttpCall call) {
        call.cookie(sessionCookie).ifPresent(sessions::remove);
    }

    Transaction open(HttpCall call, AuthorizationRequest request, LoginTarget target) {
        Instant now = clock.instant();
        if (transactions.size() > MANY) {
            transactions.values().removeIf(old -> !now.isBefore(old.end()));
        }
        Transaction transaction = new Transaction(
                OneTimeTokens.random(),
                OneTimeTokens.random(),
                call.cookie(browserCookie).filter(Browsers::isOurs).orElseGet(OneTimeTokens::random),
                request,
                target,
                now.plus(PAGE_LIFE));
        transactions.put(transaction.id(), transaction);
        return transaction;
    }

    /** The page this form was on, if this browser has it open and the form proves that it comes from there. */
    Optional<Transaction> transaction(HttpCall call, Map<String, String> form) {
        String browser = call.cookie(browserCookie).orElse("");
        return Optional.ofNullable(transactions.get(form.getOrDefault("transaction", "")))
                .filter(found -> clock.instant().isBefore(found.end()))
                .filter(found -> isSame(found.csrf(), form.getOrDefault("csrf", "")))
                .filter(found -> isSame(found.browser(), browser));
    }

    /** False if somebody else closed it meanwhile. */
    boolean close(Transaction transaction) {
        return transactions.remove(transaction.id(), transaction);
    }

    String cookie(Session session) {
        return cookie(sessionCookie, session.id());
    }

    String cookie(Transaction transaction) {
        return cookie(browserCookie, transaction.browser());
    }

    String noSessionCookie() {
        return cookie(sessionCookie, "") + "; Max-Age=0";
    }

    /** Without {@code Secure}: the stand-in speaks plain HTTP, over which a browser would not send it back. */
    private static String cookie(String name, String value) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax";
    }

    private static boolean isOurs(String value) {
        return value.matches("[A-Za-z0-9_-]{43}");
    }

    private static boolean isSame(String right, String presented) {
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
