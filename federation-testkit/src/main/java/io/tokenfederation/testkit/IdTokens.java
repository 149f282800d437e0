// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes ID tokens (OpenID Connect Core §2 and §3.1.3.6): one audience, so {@code azp} only where a provider has it. */
final class IdTokens {
    private static final Duration LIFE = Duration.ofHours(1);

    private final Tenant tenant;
    private final LoginDialect dialect;

    IdTokens(Tenant tenant, LoginDialect dialect) {
        this.tenant = tenant;
        this.dialect = dialect;
    }

    String issue(Authorization login, AccessToken access, Optional<String> nonce) {
        Instant now = tenant.now();
        // First what is known of the person: no claim of theirs takes the place of one of the protocol.
        Map<String, Object> claims = new LinkedHashMap<>(dialect.identity(login));
        claims.put("iss", login.issuer());
        claims.put("sub", dialect.subject(login));
        claims.put("aud", login.clientId());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("auth_time", login.authTime().getEpochSecond());
        claims.put("at_hash", leftHalfOfHash(access.value()));
        nonce.ifPresentOrElse(text -> claims.put("nonce", text), () -> claims.remove("nonce"));
        return tenant.keys()
                .sign(SigningAlgorithm.RS256, tenant.idTokenForgery().applyTo(claims));
    }

    private static String leftHalfOfHash(String token) {
        byte[] hash = CodeGrant.sha256(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }
}
