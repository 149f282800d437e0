// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.workload.WorkloadTokenSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the JWTs come from: a token endpoint, or the runtime the program is in. A token endpoint whose path is a known
 * provider's is asked by that provider's module, so that its refusals are explained in its own words.
 */
final class IdpSettings {
    private static final Pattern AUTH0 = Pattern.compile("(https?://[^/]+)/oauth/token");
    private static final Pattern OKTA = Pattern.compile("(https?://[^/]+)/oauth2/([^/]+)/v1/token");
    private static final Pattern ENTRA = Pattern.compile("(https?://[^/]+)/([^/]+)/oauth2/v2\\.0/token");
    private static final String DEFAULT_SCOPE = "/.default";

    /** What only somebody sets who wants the runtime's own token. */
    private static final Set<String> RUNTIME = Set.of(
            "DATABRICKS_OIDC_TOKEN",
            "DATABRICKS_OIDC_TOKEN_ENV",
            "DATABRICKS_OIDC_TOKEN_FILEPATH",
            "DATABRICKS_OIDC_TOKEN_FILE",
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            "SYSTEM_OIDCREQUESTURI");

    private final Configuration given;
    private final List<Mistake> mistakes;

    IdpSettings(Configuration given, List<Mistake> mistakes) {
        this.given = given;
        this.mistakes = mistakes;
    }

    /** {@return the source; null if a mistake stands in the way, which has been noted} */
    @Nullable IdpTokenSource source() {
        List<Variable> missing = given.missing(Variable.Need.IDP);
        boolean none = !given.has(Variable.IDP_TOKEN_URL) && !given.has(Variable.M2M_CLIENT_ID);
        if (none && RUNTIME.stream().anyMatch(given.environment()::containsKey)) {
            return ofRuntime();
        }
        missing.forEach(variable ->
                mistakes.add(new Mistake(variable.name(), "is not set", "Set it to " + variable.meaning() + ".")));
        if (!missing.isEmpty()) {
            return null;
        }
        try {
            return ofEndpoint(required(Variable.IDP_TOKEN_URL));
        } catch (IllegalArgumentException | IllegalStateException e) {
            mistakes.add(new Mistake(
                    Variable.IDP_TOKEN_URL.name(),
                    "(or another setting of the identity provider) is wrong: " + e.getMessage(),
                    "Set it to " + Variable.IDP_TOKEN_URL.meaning() + "."));
            return null;
        }
    }

    private @Nullable IdpTokenSource ofRuntime() {
        try {
            return WorkloadTokenSource.fromEnvironment(given.environment());
        } catch (IdpTokenException e) {
            mistakes.add(new Mistake(
                    "the runtime's JWT", "cannot be had: " + e.problem().message(), e.fix()));
            return null;
        }
    }

    private @Nullable IdpTokenSource ofEndpoint(String url) {
        Optional<String> scope = given.find(Variable.M2M_SCOPE);
        Matcher auth0 = AUTH0.matcher(url);
        if (auth0.matches() && scope.isEmpty()) {
            return Auth0TokenSource.builder()
                    .domain(auth0.group(1))
                    .clientId(required(Variable.M2M_CLIENT_ID))
                    .clientSecret(required(Variable.M2M_CLIENT_SECRET))
                    .audience(audience())
                    .build();
        }
        Matcher okta = OKTA.matcher(url);
        if (okta.matches()) {
            return okta(okta.group(1), okta.group(2), scope);
        }
        Matcher entra = ENTRA.matcher(url);
        if (entra.matches()) {
            return entra(entra.group(1), entra.group(2), scope);
        }
        OidcTokenSourceBuilder source = OidcTokenSource.builder()
                .tokenEndpoint(url)
                .clientId(required(Variable.M2M_CLIENT_ID))
                .clientSecret(required(Variable.M2M_CLIENT_SECRET));
        return scope.map(words -> source.scopes(words.split("\\s+")))
                .orElseGet(() -> source.audience(audience()))
                .build();
    }

    private @Nullable IdpTokenSource okta(String domain, String server, Optional<String> scope) {
        if (scope.isEmpty()) {
            needsScope(
                    "Okta issues tokens by scope",
                    "such as databricks, defined on the authorization server '" + server + "'");
            return null;
        }
        return OktaTokenSource.builder()
                .domain(domain)
                .authorizationServer(server)
                .clientId(required(Variable.M2M_CLIENT_ID))
                .clientSecret(required(Variable.M2M_CLIENT_SECRET))
                .scopes(scope.get().split("\\s+"))
                .build();
    }

    private @Nullable IdpTokenSource entra(String authority, String tenant, Optional<String> scope) {
        if (scope.filter(words -> words.endsWith(DEFAULT_SCOPE)).isEmpty()) {
            needsScope(
                    "Entra ID issues tokens by scope", "the application's id and /.default, such as api://…/.default");
            return null;
        }
        return EntraTokenSource.builder()
                .authority(authority)
                .tenant(tenant)
                .clientId(required(Variable.M2M_CLIENT_ID))
                .clientSecret(required(Variable.M2M_CLIENT_SECRET))
                .application(scope.get().substring(0, scope.get().length() - DEFAULT_SCOPE.length()))
                .build();
    }

    private void needsScope(String why, String such) {
        mistakes.add(new Mistake(
                Variable.M2M_SCOPE.name(),
                "is missing or incomplete: " + why + ", not by audience",
                "Set it to " + such + "."));
    }

    private String audience() {
        return given.find(Variable.M2M_AUDIENCE)
                .orElseGet(() -> required(Variable.DB_HOST).replaceAll("/+$", ""));
    }

    private String required(Variable variable) {
        return given.find(variable).orElseThrow(() -> new IllegalArgumentException(variable + " is not set"));
    }
}
