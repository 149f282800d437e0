// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was asked, of whom and for whom: the first half of every message, and the values that must be in none. Puts no text
 * together before there is something to say.
 */
final class Asked {
    /** What is any shorter is in many a word, and no secret. */
    private static final int SHORTEST_SECRET = 8;

    private final Supplier<String> what;
    private final Place place;
    private final Sent sent;
    private final Advice advice;

    Asked(Supplier<String> what, Place place, Sent sent, Advice advice) {
        this.what = what;
        this.place = place;
        this.sent = sent;
        this.advice = advice;
    }

    /** What it was asked with. */
    DatabricksToken token() {
        return sent.token();
    }

    /** What helps if the token was refused. */
    Advice advice() {
        return advice;
    }

    /** The server's words, fit for a message. */
    String safe(String words) {
        return SafeText.of(clean(words));
    }

    /** Without what was sent to it: the echo of an opaque token has no form to know it by, least of all once cut. */
    String clean(String words) {
        return without(sent.secrets(), words);
    }

    private static String without(List<String> secrets, String words) {
        String clean = words;
        for (String secret : secrets) {
            clean = secret.length() < SHORTEST_SECRET ? clean : clean.replace(secret, "[removed]");
        }
        return clean;
    }

    /** Its words fit for a message; its data, which is in none, without what is the application's own. */
    RpcError safe(RpcError error) {
        List<String> own = sent.own();
        String data = error.data().isEmpty() ? "" : CleanJson.of(error.data(), text -> without(own, text));
        return new RpcError(error.code(), safe(error.message()), data);
    }

    McpException failed(McpErrorCode code, String what) {
        return new McpException(code.problem(this + ": " + clean(what)));
    }

    McpException failed(McpErrorCode code, String what, Throwable cause) {
        return new McpException(code.problem(this + ": " + clean(what)).cause(cause));
    }

    /** The answer is a JSON-RPC error. */
    McpException failed(RpcError error, int status) {
        return failed(error, status, McpException.Refused.MAYBE_TOO_LATE);
    }

    McpException failed(RpcError error, int status, McpException.Refused refused) {
        RpcError safe = safe(error);
        Problem problem = safe.means(status)
                .problem(this + ": the server answered with JSON-RPC error " + safe.code() + error.needs(this::safe))
                .httpStatus(status)
                .serverSaid(safe.message());
        return new McpException(safe.fix().map(problem::fix).orElse(problem), refused, safe);
    }

    @Override
    public String toString() {
        String who = token().servicePrincipal()
                .map(principal -> " as service principal " + principal)
                .orElse("");
        return clean(what.get()) + " at " + place + who;
    }
}
