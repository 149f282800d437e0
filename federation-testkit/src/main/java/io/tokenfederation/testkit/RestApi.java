// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What stands before every REST call, the check of its token; and the call that tells whose token it is. */
final class RestApi {
    /** Databricks refuses a token in its last 30 seconds. */
    private static final Duration LAST_SECONDS = Duration.ofSeconds(30);

    private final Account account;
    private final IssuedTokens tokens;
    private final Clock clock;
    private final LongAdder rejected = new LongAdder();

    RestApi(Account account, IssuedTokens tokens, Clock clock) {
        this.account = account;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The bearer of the call's token; refuses a call whose token is missing or no good. */
    Account.Principal principal(HttpCall call) {
        try {
            String token = call.bearer().orElseThrow(DatabricksReplies::noCredential);
            IssuedTokens.Issued issued = tokens.find(token).orElseThrow(DatabricksReplies::invalidAccessToken);
            Instant now = clock.instant();
            if (!now.isBefore(issued.expiresAt())) {
                throw DatabricksReplies.invalidAccessToken();
            }
            if (!now.plus(LAST_SECONDS).isBefore(issued.expiresAt())) {
                throw DatabricksReplies.expiring();
            }
            return account.principal(issued.userName()).orElseThrow(DatabricksReplies::invalidAccessToken);
        } catch (Refusal e) {
            rejected.increment();
            throw e;
        }
    }

    long rejected() {
        return rejected.sum();
    }

    /** SCIM's answer to "who am I". */
    Reply me(HttpCall call) {
        Account.Principal principal = principal(call);
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"));
        me.put("id", Long.toString(principal.id()));
        me.put("userName", principal.userName());
        me.put("displayName", principal.displayName());
        me.put("active", true);
        me.put("groups", principal.groups().stream().map(RestApi::group).toList());
        return Reply.json(200, me);
    }

    private static Map<String, Object> group(String name) {
        String id = Integer.toUnsignedString(name.hashCode());
        return Map.of("display", name, "value", id, "type", "direct", "$ref", "Groups/" + id);
    }
}
