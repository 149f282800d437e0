// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.util.EnumSet;
import java.util.Set;

/** Everything that is measured while it holds a token, in the order of the tables. */
public enum Entrant {
    FLOOR_VOLATILE_READ("volatile read and clock"),
    FLOOR_MAP_LOOKUP("map look-up, volatile read and clock"),
    EXCHANGER_SOURCE("this library, sourceFor(principal).token()"),
    EXCHANGER("this library, tokenFor(principal)"),
    DATABRICKS_SDK("databricks-sdk-java"),
    GOOGLE_AUTH("google-auth-library"),
    AWS_NON_BLOCKING("AWS CachedSupplier, NonBlocking"),
    AWS_ONE_CALLER_BLOCKS("AWS CachedSupplier, OneCallerBlocks"),
    MSAL4J("msal4j"),
    SPRING_SECURITY("Spring Security");

    private final String title;

    Entrant(String title) {
        this.title = title;
    }

    /** Those that get tokens by themselves; both ways into this library are one there. */
    static Set<Entrant> thatRenew() {
        return EnumSet.range(EXCHANGER, SPRING_SECURITY);
    }

    String title() {
        return title;
    }

    Contender start(Conditions conditions) {
        return switch (this) {
            case FLOOR_VOLATILE_READ -> Floors.volatileRead(conditions);
            case FLOOR_MAP_LOOKUP -> Floors.mapLookup(conditions);
            case EXCHANGER_SOURCE -> Exchanger.bySource(conditions);
            case EXCHANGER -> Exchanger.byPrincipal(conditions);
            case DATABRICKS_SDK -> DatabricksSdk.start(conditions);
            case GOOGLE_AUTH -> GoogleAuth.start(conditions);
            case AWS_NON_BLOCKING -> Aws.nonBlocking(conditions);
            case AWS_ONE_CALLER_BLOCKS -> Aws.oneCallerBlocks(conditions);
            case MSAL4J -> Msal.start(conditions);
            case SPRING_SECURITY -> SpringSecurity.start(conditions);
        };
    }
}
