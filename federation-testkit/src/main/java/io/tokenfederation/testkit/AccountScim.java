// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The account's directory of service principals, by SCIM (RFC 7644 §3.4.2): the way from application id to numeric id. */
final class AccountScim {
    private static final Pattern FILTER = Pattern.compile("(\\w+) eq \"([^\"]*)\"");
    private static final int MOST = 100;

    private final PolicyDesk desk;
    private final Account account;

    AccountScim(PolicyDesk desk, Account account) {
        this.desk = desk;
        this.account = account;
    }

    Reply servicePrincipals(HttpCall call) {
        desk.requireAccountAdmin(call);
        String filter = call.parameter("filter").orElse("");
        List<Account.Principal> found = account.servicePrincipals()
                .filter(principal -> filter.isEmpty() || matches(principal, filter))
                .toList();
        int start = Math.max(1, number(call, "startIndex", 1));
        int count = Math.min(MOST, Math.max(0, number(call, "count", MOST)));
        List<Map<String, Object>> page =
                found.stream().skip(start - 1L).limit(count).map(this::json).toList();
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:ListResponse"));
        reply.put("totalResults", found.size());
        reply.put("startIndex", start);
        reply.put("itemsPerPage", page.size());
        // An empty page comes without the member.
        if (!page.isEmpty()) {
            reply.put("Resources", page);
        }
        return Reply.json(200, reply);
    }

    private static boolean matches(Account.Principal principal, String filter) {
        Matcher parts = FILTER.matcher(filter);
        if (parts.matches() && parts.group(1).equalsIgnoreCase("applicationId")) {
            return principal.userName().equalsIgnoreCase(parts.group(2));
        }
        if (parts.matches() && parts.group(1).equalsIgnoreCase("displayName")) {
            return principal.displayName().equalsIgnoreCase(parts.group(2));
        }
        // A filter on externalId is refused like one that is none.
        throw DatabricksReplies.scim(400, "invalidFilter", "the filter is not supported");
    }

    private static int number(HttpCall call, String parameter, int otherwise) {
        try {
            return call.parameter(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw DatabricksReplies.scim(400, "invalidValue", parameter + " is not a number");
        }
    }

    private Map<String, Object> json(Account.Principal principal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"));
        json.put("id", Long.toString(principal.id()));
        json.put("applicationId", principal.userName());
        json.put("displayName", principal.displayName());
        json.put("active", true);
        json.put("account_id", account.id());
        return json;
    }
}
