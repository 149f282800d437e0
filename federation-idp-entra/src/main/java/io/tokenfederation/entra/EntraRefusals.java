// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.RefusalTable.Row;
import io.tokenfederation.internal.SafeText;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Gives Entra ID's refusals a code and a fix.
 *
 * @param tenant the tenant that was asked
 * @param client who asked
 * @param target what the token was to be for
 * @param authority where
 */
record EntraRefusals(String tenant, String client, String target, String authority) {
    /** Entra ID seldom says how long; another request within seconds only prolongs it. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Set<String> WAITED_OUT = Set.of(AadStsCodes.LOOP_DETECTED, AadStsCodes.THROTTLED);

    /**
     * Explains a refusal.
     *
     * @param refused what core made of it, or a failure of where the assertion comes from
     * @param presented the federated credential that was sent, where there was one
     * @return the same, said more exactly where that can be done
     */
    IdpTokenException explain(IdpTokenException refused, Optional<IdpToken> presented) {
        Problem known = refused.problem();
        if (known.code().startsWith("ENTRA_")) {
            // Another source of this module made the assertion and has explained its failure itself.
            return refused;
        }
        Optional<Row> row = known.serverSaid().flatMap(AadStsCodes::find);
        return row.isEmpty() ? refused : explained(row.get(), known.cause(refused), presented);
    }

    private IdpTokenException explained(Row row, Problem known, Optional<IdpToken> presented) {
        String fix = row.fix(tenant, client, target, authority);
        if (row.code().startsWith(AadStsCodes.FEDERATED)) {
            fix = presented.map(EntraRefusals::shown).orElse("") + fix;
        }
        // A status of 429 or 5xx passes, whatever number comes with it.
        Problem exact = known.kind(row.code(), fix).retryable(row.retryable() || known.retryable());
        boolean waits = WAITED_OUT.contains(row.code()) && known.retryAfter().isEmpty();
        return new IdpTokenException(waits ? exact.retryAfter(PAUSE) : exact);
    }

    private static String shown(IdpToken presented) {
        return "Presented were issuer '" + SafeText.of(presented.issuer()) + "', subject '"
                + SafeText.of(presented.subject()) + "' and audience '"
                + SafeText.of(String.join("', '", presented.audiences())) + "'. ";
    }
}
