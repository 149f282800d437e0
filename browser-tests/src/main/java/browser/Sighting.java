// SPDX-License-Identifier: Apache-2.0
package browser;

import java.net.URI;

/**
 * A place where a secret was found; not the secret itself, so that it can be printed.
 *
 * @param direction which way it went
 * @param origin with whom
 * @param path at which address, without query
 * @param place the address, a header, or the body
 */
public record Sighting(Direction direction, String origin, String path, String place) {
    /** Seen from the one whose traffic this is. */
    public enum Direction {
        SENT,
        RECEIVED
    }

    static Sighting of(Exchange exchange, Exchange.Part part) {
        URI uri = exchange.uri();
        return new Sighting(part.direction(), exchange.origin(), uri.getPath(), part.name());
    }

    /** {@return whether it went to this origin} */
    public boolean sentTo(String other) {
        return direction == Direction.SENT && origin.equals(other);
    }

    /** {@return whether it came from this origin} */
    public boolean receivedFrom(String other) {
        return direction == Direction.RECEIVED && origin.equals(other);
    }
}
