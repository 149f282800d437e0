// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.TokenForm;
import io.tokenfederation.internal.TokenReply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One server's tokens, of its own authorization server: {@code Cache(Request(Discovery))}. What is kept, renewed and dropped
 * when, is the business of {@link DatabricksTokenSource#renewing}.
 *
 * <p>What was discovered serves an hour, and until a token is refused or cannot be had. The first issuer that has issued a
 * token stays the only one: a credential belongs to one issuer, and a server that names another one later gets none.
 */
final class AuthorizedTokens implements DatabricksTokenSource {
    private static final Duration DISCOVERY_SERVES = Duration.ofHours(1);

    /** Where the server does not say; a refused token is renewed anyway. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final AuthorizationDiscovery discovery;
    private final McpAuthorization authorization;
    private final TokenDesk desk;
    private final Clock clock;
    private final DatabricksTokenSource kept = DatabricksTokenSource.renewing(this::fetch);
    private volatile @Nullable Known known;
    private volatile @Nullable Place issuer;

    private record Known(AuthorizationDiscovery.Target target, long at) {}

    AuthorizedTokens(AuthorizationDiscovery discovery, McpAuthorization authorization, TokenDesk desk, Clock clock) {
        this.discovery = discovery;
        this.authorization = authorization;
        this.desk = desk;
        this.clock = clock;
        String configured = authorization.issuer();
        this.issuer = configured == null ? null : Place.own(URI.create(configured));
    }

    @Override
    public DatabricksToken token() {
        try {
            return kept.token();
        } catch (IdpTokenException e) {
            if (e.code().equals(ErrorCode.IDP_TOKEN_NOT_RENEWED.name())) {
                throw repeated(e);
            }
            throw e;
        }
    }

    @Override
    public void rejected(DatabricksToken token) {
        known = null;
        kept.rejected(token);
    }

    private McpException repeated(IdpTokenException e) {
        return new McpException(Problem.of(
                        ErrorCode.TOKEN_REJECTED,
                        "the authorization server '" + issuer
                                + "' issued the very token again that was refused or is over")
                .fix(
                        "Have the authorization server issue a new token for each request, or the MCP server take this one.")
                .cause(e));
    }

    private DatabricksToken fetch() {
        AuthorizationDiscovery.Target target = target();
        try {
            Instant asked = clock.instant();
            TokenForm form = Grant.complete(authorization.grant().form(target, desk), target);
            authorization.client().addTo(form, target.issuer(), clock.instant());
            TokenReply.Issued issued = desk.ask(
                    target.issuer().who(),
                    target.issuer().tokenEndpoint(),
                    form,
                    "a token on " + authorization.grant().what());
            DatabricksToken token = token(issued, target, asked);
            issuer = target.issuer().name();
            known = new Known(target, System.nanoTime());
            return token;
        } catch (FederationException e) {
            // It may have moved.
            known = null;
            throw e;
        }
    }

    private AuthorizationDiscovery.Target target() {
        Known found = known;
        return found != null && System.nanoTime() - found.at() < DISCOVERY_SERVES.toNanos()
                ? found.target()
                : discovery.find(issuer).asking(authorization.scopesAsked());
    }

    private static DatabricksToken token(
            TokenReply.Issued issued, AuthorizationDiscovery.Target target, Instant asked) {
        if (!issued.bearer()) {
            throw unusable(target, "a token of another type than Bearer");
        }
        if (issued.expiresIn().filter(Duration::isZero).isPresent()) {
            throw unusable(target, "a token that ends at once");
        }
        try {
            return DatabricksToken.of(
                    issued.accessToken(), asked.plus(issued.expiresIn().orElse(LIFE)));
        } catch (IllegalArgumentException e) {
            throw unusable(target, "a token that no header can hold");
        }
    }

    private static McpException unusable(AuthorizationDiscovery.Target target, String what) {
        return new McpException(
                McpErrorCode.MCP_AUTH_REPLY_UNREADABLE.problem(target.issuer().who() + " issued " + what));
    }

    /** {@return whose they are} */
    @Override
    public String toString() {
        return "AuthorizedTokens[" + discovery + "]";
    }
}
