// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What all policy APIs check before they do anything: who asks, and whether the issuer can be asked. */
final class PolicyDesk {
    private final RestApi rest;
    private final Account account;
    private final Clock clock;
    private final IssuerKeys keys = new IssuerKeys();
    private volatile boolean repeatsAreErrors;

    PolicyDesk(RestApi rest, Account account, Clock clock) {
        this.rest = rest;
        this.account = account;
        this.clock = clock;
    }

    void requireAccountAdmin(HttpCall call) {
        if (!account.isAccountAdmin(rest.principal(call))) {
            throw DatabricksReplies.permissionDenied("Only account admins can perform this operation.");
        }
    }

    /** Lets everybody through whose token is good. */
    void requireKnown(HttpCall call) {
        rest.principal(call);
    }

    /** Lets metastore admins through, and who may do this; returns who it is. */
    String requirePrivilege(HttpCall call, MetastorePrivilege privilege) {
        Account.Principal principal = rest.principal(call);
        if (!account.isMetastoreAdmin(principal) && !account.metastore().allows(principal.userName(), privilege)) {
            throw DatabricksReplies.permissionDenied(
                    "User does not have " + privilege.name().replace('_', ' ') + " on Metastore '"
                            + account.metastore().id() + "'.");
        }
        return principal.userName();
    }

    /** Lets metastore admins and the owner through, and who may do one of these. */
    void requireOwner(HttpCall call, String owner, String what, MetastorePrivilege... orOneOf) {
        Account.Principal principal = rest.principal(call);
        boolean allowed = account.isMetastoreAdmin(principal)
                || principal.userName().equals(owner)
                || Stream.of(orOneOf).anyMatch(one -> account.metastore().allows(principal.userName(), one));
        if (!allowed) {
            throw DatabricksReplies.permissionDenied("User is not a metastore admin or the owner of " + what + ".");
        }
    }

    /** Databricks fetches the issuer's discovery document when a policy is written; keys of its own spare it that. */
    void requireReachable(PolicyText text) {
        if (!keys.reachable(text.policy())) {
            throw DatabricksReplies.invalidParameter("Unable to load valid OpenID configuration for issuer: "
                    + text.policy().issuer());
        }
    }

    KeptPolicy create(PolicyShelf shelf, Optional<String> id, PolicyText text) {
        return shelf.create(id, text, repeatsAreErrors, now());
    }

    Instant now() {
        return clock.instant();
    }

    void setRepeatsAreErrors(boolean repeatsAreErrors) {
        this.repeatsAreErrors = repeatsAreErrors;
    }

    static JsonNode body(HttpCall call) {
        return Optional.of(call)
                .filter(HttpCall::hasJson)
                .flatMap(HttpCall::json)
                .orElseThrow(() -> DatabricksReplies.invalidParameter("the body is not a JSON object"));
    }

    /** The last segment of the path, which names a policy. */
    static String last(HttpCall call) {
        return call.path().substring(call.path().lastIndexOf('/') + 1);
    }
}
