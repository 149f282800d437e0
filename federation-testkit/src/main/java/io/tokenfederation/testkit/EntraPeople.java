// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What Entra ID says of a person: pairwise subjects, app roles, and groups unless there are too many. */
final class EntraPeople {
    /** More groups than a JWT holds. */
    private static final int MOST_GROUPS = 200;

    private final Tenant tenant;
    private final EntraRules rules;

    EntraPeople(Tenant tenant, EntraRules rules) {
        this.tenant = tenant;
        this.rules = rules;
    }

    String issuer() {
        return rules.authority() + "/" + rules.tenantId() + "/v2.0";
    }

    /** Another one for each application; {@code oid} is the same for all. */
    String subject(Person person, String application) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(CodeGrant.sha256(Tenant.idFor(person.username() + " at " + application)));
    }

    Map<String, Object> identity(Authorization login) {
        Map<String, Object> claims = login.person().claims(login.target());
        if (login.target().has("profile")) {
            claims.put("preferred_username", login.person().username());
        }
        putDirectory(claims, login.person());
        claims.put("ver", "2.0");
        return claims;
    }

    Map<String, Object> accessTokenClaims(Authorization login, Tenant.Api api) {
        Person person = login.person();
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = person.customClaims();
        person.claim("name").ifPresent(name -> claims.put("name", name));
        putDirectory(claims, person);
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + api.lifetime().toSeconds());
        claims.put("sub", subject(person, api.identifier()));
        claims.put("scp", String.join(" ", scopes(login, api)));
        if (rules.version(api.identifier()) == 1) {
            claims.put("aud", api.identifier());
            claims.put("iss", rules.v1Issuer());
            claims.put("appid", login.clientId());
            claims.put("appidacr", "0");
            claims.put("upn", person.username());
            claims.put("unique_name", person.username());
            claims.put("ver", "1.0");
        } else {
            claims.put("aud", rules.applicationId(api.identifier()));
            claims.put("iss", issuer());
            claims.put("azp", login.clientId());
            claims.put("azpacr", "0");
            claims.put("preferred_username", person.username());
            claims.put("ver", "2.0");
        }
        return claims;
    }

    private void putDirectory(Map<String, Object> claims, Person person) {
        String objectId = Tenant.idFor("person " + person.username());
        claims.put("oid", objectId);
        claims.put("tid", rules.tenantId());
        if (!person.roles().isEmpty()) {
            claims.put("roles", person.roles());
        }
        if (rules.hasGroupsOverage() || person.groups().size() > MOST_GROUPS) {
            String endpoint = rules.authority() + "/" + rules.tenantId() + "/users/" + objectId + "/getMemberObjects";
            claims.put("_claim_names", Map.of("groups", "src1"));
            claims.put("_claim_sources", Map.of("src1", Map.of("endpoint", endpoint)));
        } else if (!person.groups().isEmpty()) {
            claims.put("groups", person.groups().stream().map(rules::groupId).toList());
        }
    }

    private List<String> scopes(Authorization login, Tenant.Api api) {
        List<String> names = login.target().scopes().stream()
                .filter(scope -> scope.contains("/"))
                .map(scope -> scope.substring(scope.lastIndexOf('/') + 1))
                .toList();
        return names.contains(".default")
                ? tenant.grant(login.clientId(), api.identifier())
                        .map(Tenant.Grant::scopes)
                        .orElse(List.of())
                : names;
    }
}
