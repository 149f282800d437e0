// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import io.tokenfederation.workload.GitHubActionsTokenSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where the backend's own JWTs come from. All that a provider changes is in its {@link #source}; the rest is its stand-in. */
enum Provider {
    AUTH0 {
        @Override
        IdpTokenSource source(LoopbackIdp idp, String audience) {
            return Auth0TokenSource.builder()
                    .domain(idp.issuer())
                    .clientId(CLIENT)
                    .clientSecret(SECRET)
                    .audience(audience)
                    .build();
        }
    },
    OKTA {
        @Override
        IdpTokenSource source(LoopbackIdp idp, String audience) {
            return OktaTokenSource.builder()
                    .domain(OktaRules.of(idp).domain())
                    .clientId(CLIENT)
                    .clientSecret(SECRET)
                    .scopes("databricks")
                    .build();
        }
    },
    ENTRA {
        @Override
        IdpTokenSource source(LoopbackIdp idp, String audience) {
            return EntraTokenSource.builder()
                    .authority(EntraRules.of(idp).authority().toString())
                    .tenant(EntraRules.of(idp).tenantId())
                    .clientId(CLIENT)
                    .clientSecret(SECRET)
                    .application(API)
                    .build();
        }

        @Override
        String audience(LoopbackIdp idp, String workspace) {
            idp.api(API).m2mClient(CLIENT, SECRET);
            return EntraRules.of(idp).applicationId(API);
        }
    },
    OIDC {
        @Override
        IdpTokenSource source(LoopbackIdp idp, String audience) {
            return OidcTokenSource.builder()
                    .issuer(idp.issuer())
                    .clientId(CLIENT)
                    .clientSecret(SECRET)
                    .build();
        }
    },
    GITHUB {
        @Override
        IdpTokenSource source(LoopbackIdp idp, String audience) {
            return GitHubActionsTokenSource.builder()
                    .environment(idp.environment())
                    .audience(audience)
                    .build();
        }

        @Override
        String audience(LoopbackIdp idp, String workspace) {
            return workspace;
        }
    };

    static final String CLIENT = "6c2a9d3e-1f4b-4e88-9a57-0d3b8c1e7f21";
    static final String SECRET = "stand-in-secret";
    private static final String API = "api://databricks-federation";

    static Optional<Provider> named(String name) {
        return Arrays.stream(values())
                .filter(provider -> provider.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    static String names() {
        return Arrays.toString(values()).toLowerCase(Locale.ROOT);
    }

    LoopbackIdp start() {
        return switch (this) {
            case AUTH0 -> LoopbackIdp.auth0().start();
            case OKTA -> LoopbackIdp.okta().start();
            case ENTRA -> LoopbackIdp.entra().start();
            case OIDC -> LoopbackIdp.oidc().start();
            case GITHUB -> LoopbackIdp.gitHubActions().start();
        };
    }

    /** Sets up what this provider's console is for, and says what {@code aud} will be. */
    String audience(LoopbackIdp idp, String workspace) {
        idp.api(workspace).m2mClient(CLIENT, SECRET).grant(CLIENT, workspace, "databricks");
        return workspace;
    }

    /** The line of the application that changes with the provider. */
    abstract IdpTokenSource source(LoopbackIdp idp, String audience);
}
