// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.auth0.Auth0TokenSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The environment variables that say where the real services are. A blank one is a missing one; a mistake is named. */
public final class Settings {
    /** What must be set beside each other. */
    public static final List<String> REQUIRED =
            List.of("IDP_TOKEN_URL", "M2M_CLIENT_ID", "M2M_CLIENT_SECRET", "DB_HOST", "ROLE_SP_MAP");

    /** Where Auth0 issues tokens; with its module, its refusals get codes of their own. */
    private static final String AUTH0_PATH = "/oauth/token";

    private static final Pattern AUTH0 = Pattern.compile("https?://[^/]+" + AUTH0_PATH);

    private final Map<String, String> env;

    public Settings(Map<String, String> env) {
        this.env = env;
    }

    /** A variable is missing or wrong; the message is one line that names it. */
    public static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message);
        }
    }

    public boolean wanted() {
        return optional("IDP_TOKEN_URL").isPresent();
    }

    void requireComplete() {
        List<String> missing =
                REQUIRED.stream().filter(name -> optional(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw new Mistake("IDP_TOKEN_URL is set, so " + String.join(", ", missing) + " must be set too");
        }
    }

    /** Without the slash at its end: the audience is compared character for character. */
    public String workspace() {
        return required("DB_HOST").replaceAll("/+$", "");
    }

    List<ResolvedRole> roles() {
        return checked(
                "ROLE_SP_MAP",
                () -> RoleResolver.builder()
                        .claim("role")
                        .servicePrincipals(required("ROLE_SP_MAP"))
                        .build()
                        .roles());
    }

    public IdpTokenSource idpTokenSource() {
        String url = required("IDP_TOKEN_URL");
        String id = required("M2M_CLIENT_ID");
        String secret = required("M2M_CLIENT_SECRET");
        String audience = optional("M2M_AUDIENCE").orElseGet(this::workspace);
        Optional<String> scope = optional("M2M_SCOPE");
        if (scope.isEmpty() && AUTH0.matcher(url).matches()) {
            return checked(
                    "IDP_TOKEN_URL",
                    () -> Auth0TokenSource.builder()
                            .domain(url.substring(0, url.length() - AUTH0_PATH.length()))
                            .clientId(id)
                            .clientSecret(secret)
                            .audience(audience)
                            .build());
        }
        OidcTokenSourceBuilder source = checked(
                "IDP_TOKEN_URL",
                () -> OidcTokenSource.builder().tokenEndpoint(url).clientId(id).clientSecret(secret));
        // Okta and Entra ID take a scope; others take an audience, which is the workspace unless said otherwise.
        return scope.map(words -> source.scopes(words.split("\\s+")))
                .orElseGet(() -> source.audience(audience))
                .build();
    }

    DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return checked(
                "DB_HOST",
                () -> DatabricksTokenExchanger.builder()
                        .workspace(workspace())
                        .idpTokenSource(source)
                        .build());
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(env.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private String required(String name) {
        return optional(name).orElseThrow(() -> new Mistake(name + " is not set"));
    }

    /** The library names its own setting and shows no secret; what it cannot know is which variable it came from. */
    private static <T> T checked(String name, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Mistake(name + " is wrong: " + e.getMessage());
        }
    }
}
