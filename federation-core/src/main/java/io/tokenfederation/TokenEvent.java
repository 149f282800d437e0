// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens to the tokens an exchanger keeps, for metrics and logs: given to
 * {@link DatabricksTokenExchangerBuilder#listener}.
 *
 * <pre>{@code
 * .listener(event -> {
 *   if (event instanceof TokenEvent.AttemptFailed failed) {
 *     meter.counter("federation.failures", "code", failed.failure().code()).increment();
 *   }
 * })
 * }</pre>
 *
 * <p>Tokens appear as short hashes only. Handing out a token that is there is no event: that is what costs nothing.
 */
public sealed interface TokenEvent {
    /** {@return whose token it is about} */
    Whose whose();

    /** Whose tokens there are. */
    enum Kind {
        /** The application's own JWT from the identity provider. */
        APPLICATION,
        /** A Databricks token of a service principal. */
        SERVICE_PRINCIPAL,
        /** A Databricks token of a user, from the user's own JWT. */
        USER
    }

    /**
     * Whose token an event is about.
     *
     * @param kind what kind of token
     * @param servicePrincipal the service principal; also of a JWT that serves this one only
     */
    record Whose(Kind kind, Optional<ServicePrincipal> servicePrincipal) {
        /** {@return in words: the application's JWT, the token of a service principal, or of a user} */
        public String text() {
            String of = servicePrincipal
                    .map(principal -> " of service principal " + principal)
                    .orElse("");
            return switch (kind) {
                case APPLICATION -> "the application's JWT" + of.replace(" of ", " for ");
                case SERVICE_PRINCIPAL -> "the token" + of;
                case USER -> "the token of a user";
            };
        }
    }

    /**
     * Somebody is asked for a new token.
     *
     * @param whose whose token
     */
    record AttemptStarted(Whose whose) implements TokenEvent {}

    /**
     * A new token is there.
     *
     * @param whose whose token
     * @param tokenId its short hash
     * @param took how long the attempt took
     * @param lives how long the token lives
     */
    record Renewed(Whose whose, String tokenId, Duration took, Duration lives) implements TokenEvent {}

    /**
     * An attempt failed.
     *
     * @param whose whose token
     * @param failure what it failed with
     * @param nextTryIn how long nobody is asked again
     * @param servedFor how long the present token will still be handed out; zero if there is none
     */
    record AttemptFailed(Whose whose, FederationException failure, Duration nextTryIn, Duration servedFor)
            implements TokenEvent {}

    /**
     * A try within an attempt failed and is repeated.
     *
     * @param whose whose token
     * @param failure what it failed with
     * @param pause how long the attempt waits before it asks again
     */
    record Retried(Whose whose, FederationException failure, Duration pause) implements TokenEvent {}

    /**
     * A caller was answered with a remembered failure.
     *
     * @param whose whose token
     * @param code the failure's code
     * @param nextTryIn how long it will be remembered
     */
    record FailureRemembered(Whose whose, String code, Duration nextTryIn) implements TokenEvent {}

    /**
     * A service refused a token.
     *
     * @param whose whose token
     * @param tokenId its short hash
     * @param dropped whether it is handed out no more; false if it was replaced already, if the last one was dropped too
     *     short a time ago, or if it is a JWT, which serves until another one is there
     */
    record Rejected(Whose whose, String tokenId, boolean dropped) implements TokenEvent {}

    /**
     * The clock of a server differs from this machine's by more than 30 seconds, by the {@code Date} of its replies. Once
     * when that is first seen, and again when the difference has changed by as much. Tokens then seem to live longer or
     * shorter than they do.
     *
     * @param whose whose token was asked for: the application's of the identity provider, any other of Databricks
     * @param serverAhead how far the server's clock is ahead; negative if it is behind
     */
    record ClockSkewDetected(Whose whose, Duration serverAhead) implements TokenEvent {}

    /**
     * A user's token was forgotten, because more recent users needed the room.
     *
     * @param whose whose token
     */
    record Evicted(Whose whose) implements TokenEvent {}
}
