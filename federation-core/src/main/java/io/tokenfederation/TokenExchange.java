// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenForm;
import io.tokenfederation.internal.TokenReply;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange: the application's JWT for a token of one service principal (RFC 8693, as Databricks profiles it: no
 * client authentication, {@code client_id} is the service principal's application id).
 */
final class TokenExchange {
    private static final Logger LOG = LoggerFactory.getLogger(DatabricksTokenExchanger.class);

    private final TokenEndpoint endpoint;
    private final Set<String> scopes;
    private final InstantSource clock;

    TokenExchange(TokenEndpoint endpoint, Set<String> scopes, InstantSource clock) {
        this.endpoint = endpoint;
        this.scopes = scopes;
        this.clock = clock;
    }

    /** The application's JWT for a token of one service principal. */
    DatabricksToken exchange(IdpToken jwt, ServicePrincipal principal) {
        return exchangeAs(jwt, principal);
    }

    /** A user's own JWT for a token of that user: the account's policies decide, and no {@code client_id} is sent. */
    DatabricksToken exchangeOfUser(IdpToken jwt) {
        return exchangeAs(jwt, null);
    }

    private DatabricksToken exchangeAs(IdpToken jwt, @Nullable ServicePrincipal principal) {
        Instant asked = clock.instant();
        TokenReply reply = endpoint.post(request(jwt, principal));
        if (reply instanceof TokenReply.Refused refused) {
            throw new TokenExchangeException(ExchangeRefusal.explain(endpoint.who(), refused, jwt, principal));
        }
        DatabricksToken token = accept((TokenReply.Issued) reply, jwt, principal, asked);
        LOG.debug(
                "exchanged a JWT for {}, which lives {} s, in {} ms",
                principal == null ? "a user" : principal,
                Duration.between(asked, token.expiresAt()).toSeconds(),
                Duration.between(asked, clock.instant()).toMillis());
        return token;
    }

    private TokenForm request(IdpToken jwt, @Nullable ServicePrincipal principal) {
        TokenForm form = TokenForm.of(
                        new TokenExchangeGrant(new TypelessToken(jwt.value()), TokenTypeURI.JWT).toParameters())
                .withSecret("subject_token", jwt.value())
                .with("scope", String.join(" ", scopes));
        return principal == null ? form : form.with("client_id", principal.toString());
    }

    /** The token ends with the JWT, whatever the reply says; sooner if the reply says so. */
    private DatabricksToken accept(
            TokenReply.Issued issued, IdpToken jwt, @Nullable ServicePrincipal principal, Instant asked) {
        if (!issued.bearer()) {
            throw unusable("the token is no bearer token");
        }
        if (principal != null) {
            requireFor(principal, issued.accessToken());
        }
        Instant end = issued.expiresIn()
                .map(asked::plus)
                .filter(jwt.expiresAt()::isAfter)
                .orElse(jwt.expiresAt());
        if (!end.isAfter(asked.plus(Lifetime.DATABRICKS_MARGIN))) {
            throw unusable("the token ends at " + end + ", too soon to be of use");
        }
        Set<String> granted = issued.scopes().isEmpty() ? scopes : issued.scopes();
        if (!granted.containsAll(scopes)) {
            throw new TokenExchangeException(Problem.of(
                    ErrorCode.EXCHANGE_SCOPE_NARROWED,
                    endpoint.who() + " was asked for the scopes " + scopes + " and granted "
                            + SafeText.of(granted.toString())));
        }
        try {
            return new DatabricksToken(issued.accessToken(), end, granted, principal);
        } catch (IllegalArgumentException e) {
            throw unusable("the token holds characters no bearer token has");
        }
    }

    /** Where the token says whose it is, it must be the one that was asked for. */
    private void requireFor(ServicePrincipal principal, String accessToken) {
        List<String> names = new ArrayList<>();
        try {
            JWTClaimsSet claims = JWTParser.parse(accessToken).getJWTClaimsSet();
            if (claims != null) {
                names.add(claims.getStringClaim("sub"));
                names.add(claims.getStringClaim("client_id"));
            }
        } catch (ParseException | IllegalArgumentException e) {
            return; // opaque to us, and rightly so
        }
        names.removeIf(Objects::isNull);
        if (!names.isEmpty() && names.stream().noneMatch(principal.toString()::equalsIgnoreCase)) {
            throw new TokenExchangeException(Problem.of(
                    ErrorCode.EXCHANGE_WRONG_PRINCIPAL,
                    endpoint.who() + " issued a token whose subject is not " + principal));
        }
    }

    private TokenExchangeException unusable(String why) {
        return new TokenExchangeException(
                Problem.of(ErrorCode.EXCHANGE_REPLY_UNREADABLE, endpoint.who() + " answered, but " + why));
    }
}
