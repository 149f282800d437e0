// SPDX-License-Identifier: Apache-2.0
package samples.web;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.FederationException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/** One request's way along the journey, told as it goes; ends at the first part that fails. */
final class Trip {
    /** A part of the journey. */
    @FunctionalInterface
    private interface Part<T> {
        Journey.Found<T> go() throws IOException;
    }

    /** The trip is over, and its failure is told. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Over() {
            super(null, null, false, false);
        }
    }

    private final Journey journey;
    private final Progress progress;
    private final Consumer<String> log;
    private final Stopwatch watch = new Stopwatch();
    private final String reference = UUID.randomUUID().toString().substring(0, 8);
    private String step = "";

    Trip(Journey journey, Progress progress, Consumer<String> log) {
        this.journey = journey;
        this.progress = progress;
        this.log = log;
    }

    /** Goes; gives what the access log is to say of it. */
    String go(Caller caller, ResolvedRole role) {
        try {
            take("principal", () -> new Journey.Found<>(role, journey.about(role.servicePrincipal())));
            DatabricksToken token = take("token", () -> journey.token(role.servicePrincipal()));
            take("groups", () -> journey.groups(role.servicePrincipal(), token));
            ToolResult answer = take("mcp", () -> journey.tool(caller, role));
            take("rows", () -> journey.rows(role, answer));
            return "ok";
        } catch (Over e) {
            return "failed at " + step + " ref=" + reference;
        }
    }

    private <T> T take(String name, Part<T> part) {
        step = name;
        Journey.Found<T> found;
        try {
            found = part.go();
        } catch (FederationException e) {
            throw over(e.retryable(), QueryApi.said(e));
        } catch (Progress.Gone e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw over(e instanceof IOException, e.getClass().getName());
        }
        progress.done(name, found.detail(), watch.lap());
        return found.value();
    }

    /** The browser learns that it failed, and under which name the operator finds out why. */
    private Over over(boolean passing, String reason) {
        log.accept("ref=" + reference + " step=" + step + " " + reason);
        if (passing) {
            progress.failed(
                    step, "TRY_LATER", "This did not work just now; try again. Reference: " + reference, watch.lap());
        } else {
            progress.failed(
                    step, "FAILED", "This does not work; tell whoever runs it. Reference: " + reference, watch.lap());
        }
        return new Over();
    }
}
