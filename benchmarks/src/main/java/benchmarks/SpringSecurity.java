// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import static java.util.Objects.requireNonNull;

import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Spring Security's client, outside of a web request. One manager holds a token for each registration and principal.
 *
 * <p>It has one boundary, its clock skew: from there on every caller makes a request of its own. It is put where the
 * others' tokens are due, since a token has to be renewed before it is of no use.
 */
final class SpringSecurity {
    private static final String REGISTRATION = "databricks";

    private SpringSecurity() {}

    static Contender start(Conditions conditions) {
        FakeUpstream upstream = new FakeUpstream(conditions);
        AuthorizedClientServiceOAuth2AuthorizedClientManager manager = manager(upstream, conditions);
        return new Contender(upstream, identity -> {
            OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                    .principal("role-" + identity)
                    .build();
            return () ->
                    requireNonNull(manager.authorize(request)).getAccessToken().getTokenValue();
        });
    }

    private static AuthorizedClientServiceOAuth2AuthorizedClientManager manager(
            FakeUpstream upstream, Conditions conditions) {
        InMemoryClientRegistrationRepository registrations =
                new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(REGISTRATION)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .clientId("backend")
                        .clientSecret("not-a-secret-here")
                        .tokenUri("https://idp.example.com/oauth/token")
                        .build());
        ClientCredentialsOAuth2AuthorizedClientProvider provider =
                new ClientCredentialsOAuth2AuthorizedClientProvider();
        provider.setClockSkew(conditions.window());
        provider.setAccessTokenResponseClient(request -> response(upstream, conditions));
        AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
                new AuthorizedClientServiceOAuth2AuthorizedClientManager(
                        registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
        manager.setAuthorizedClientProvider(provider);
        return manager;
    }

    private static OAuth2AccessTokenResponse response(FakeUpstream upstream, Conditions conditions) {
        return OAuth2AccessTokenResponse.withToken(upstream.issue().value())
                .tokenType(OAuth2AccessToken.TokenType.BEARER)
                .expiresIn(conditions.life().toSeconds())
                .build();
    }
}
