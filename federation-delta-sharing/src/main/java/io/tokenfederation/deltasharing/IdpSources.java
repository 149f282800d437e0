// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.JwtBearerTokenSource;
import io.tokenfederation.JwtBearerTokenSourceBuilder;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.Problem;
import io.tokenfederation.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What gets the JWTs of a profile.
 *
 * @param settings what is taken instead of what the profile says
 */
record IdpSources(RecipientTokensBuilder settings) {
    IdpTokenSource clientCredentials(SharingCredential.ClientCredentials client) {
        OidcTokenSourceBuilder source = OidcTokenSource.builder()
                .tokenEndpoint(client.tokenEndpoint().toString())
                .clientId(settings.clientId.orElseGet(() -> filledIn("clientId", client.clientId())));
        if (settings.clientAssertion.isPresent() && settings.clientSecret.isPresent()) {
            throw new IllegalStateException("set clientSecret(secret) or clientAssertion(assertion), not both");
        }
        if (settings.clientAssertion.isPresent()) {
            source.clientAssertion(settings.clientAssertion.get());
        } else {
            source.clientSecret(settings.clientSecret.orElseGet(() -> secretOf(client.clientSecret())));
            if (!settings.post) {
                source.clientSecretBasic();
            }
        }
        List<String> scopes = settings.scopes.orElseGet(() -> filledIn(client.scopes()));
        source.scopes(scopes.toArray(String[]::new));
        settings.parameters.forEach(source::parameter);
        settings.requestTimeout.ifPresent(source::requestTimeout);
        Optional.ofNullable(settings.httpClient).ifPresent(source::httpClient);
        return source.build();
    }

    IdpTokenSource privateKey(SharingCredential.PrivateKeyJwt profile) {
        SharingCredential.GrantClaims claims = profile.claims();
        filledIn("privateKeyFile", profile.privateKey().file().toString());
        JwtBearerTokenSourceBuilder source = JwtBearerTokenSource.builder()
                .tokenEndpoint(profile.tokenEndpoint().toString())
                .clientId(filledIn("clientId", claims.clientId()))
                .audience(filledIn("issuer", claims.issuer()))
                .claim("resource", List.of(filledIn("audience", claims.audience())))
                .signingKey(() -> read(profile.privateKey()));
        if (!claims.scopes().isEmpty()) {
            source.claim("scope", String.join(" ", filledIn(claims.scopes())));
        }
        settings.requestTimeout.ifPresent(source::requestTimeout);
        Optional.ofNullable(settings.httpClient).ifPresent(source::httpClient);
        return source.build();
    }

    private static Supplier<String> secretOf(Optional<String> secret) {
        String value = secret.orElseThrow(() -> SharingErrorCode.SHARING_PROFILE_INVALID.exception(
                "the profile has no 'clientSecret', or only a placeholder for it, and none is set otherwise"));
        return () -> value;
    }

    private static String filledIn(String field, String value) {
        return require(field, value, Placeholder.is(value));
    }

    private static List<String> filledIn(List<String> scopes) {
        require("scope", "", Placeholder.isAmong(String.join(" ", scopes)));
        return scopes;
    }

    private static String require(String field, String value, boolean placeholder) {
        if (placeholder) {
            throw SharingErrorCode.SHARING_PROFILE_INVALID.exception(
                    "'" + field + "' of the profile still holds a placeholder, which nobody filled in");
        }
        return value;
    }

    private static SigningKey read(SharingCredential.PrivateKeyFile file) {
        try {
            SigningKey key = SigningKey.fromPem(Files.readString(file.file()));
            SigningKey named = file.keyId().map(key::keyId).orElse(key);
            return file.algorithm().map(named::algorithm).orElse(named);
        } catch (IOException e) {
            throw unreadable(file, e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static IdpTokenException unreadable(SharingCredential.PrivateKeyFile file, String why) {
        return new IdpTokenException(Problem.of(
                ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the private key '" + file.file() + "' cannot be used: " + why));
    }

    @Override
    public String toString() {
        return "IdpSources[redacted]";
    }
}
