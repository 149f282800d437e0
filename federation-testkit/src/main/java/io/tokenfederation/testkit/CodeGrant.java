// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Codes and refresh tokens: who has them, and what they are changed into (RFC 6749 §4.1.3 and §6, RFC 7636, RFC 9700 §2.1).
 */
final class CodeGrant {
    private record Code(LoginGrant grant, AuthorizationRequest request) {}

    private static final String CODE = "authorization_code";
    private static final String REFRESH = "refresh_token";
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    private static final Duration REFRESH_LIFE = Duration.ofDays(1);

    /** RFC 7636 §4.1. */
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Tenant tenant;
    private final LoginDialect dialect;
    private final ClientAuthentication.Words words;
    private final IdTokens idTokens;
    private final OneTimeTokens<Code> codes;
    private final OneTimeTokens<LoginGrant> refreshTokens;
    private final LoginGrants accessTokens;

    CodeGrant(Tenant tenant, LoginDialect dialect, ClientAuthentication.Words words, LoginGrants accessTokens) {
        this.tenant = tenant;
        this.dialect = dialect;
        this.words = words;
        this.accessTokens = accessTokens;
        this.idTokens = new IdTokens(tenant, dialect);
        this.codes = new OneTimeTokens<>(tenant::now, CODE_LIFE);
        this.refreshTokens = new OneTimeTokens<>(tenant::now, REFRESH_LIFE);
    }

    static boolean isFor(String grantType) {
        return grantType.equals(CODE) || grantType.equals(REFRESH);
    }

    String issue(Authorization login, AuthorizationRequest request) {
        return codes.issue(new Code(new LoginGrant(login), request));
    }

    /** Answers a token request of one of these two grants. */
    Reply token(TokenRequest request) {
        BrowserApplication application = application(request);
        dialect.checkRedemption(request.call());
        return request.required("grant_type").equals(CODE) ? code(request, application) : refresh(request, application);
    }

    /** A browser cannot keep a secret; who presents one is not the application that is registered. */
    private BrowserApplication application(TokenRequest request) {
        String clientId = request.basic()
                .map(TokenRequest.Basic::clientId)
                .orElseGet(() -> request.get("client_id").orElseThrow(words::noCredential));
        BrowserApplication application = tenant.people()
                .application(clientId)
                .orElseThrow(() ->
                        tenant.client(clientId).isPresent() ? words.noM2mClient() : words.unknownClient(clientId));
        if (request.basic().isPresent()
                || request.get("client_secret").isPresent()
                || request.get("client_assertion").isPresent()) {
            throw words.wrongSecret(clientId);
        }
        return application;
    }

    private Reply code(TokenRequest request, BrowserApplication application) {
        String presented = request.required("code");
        String redirectUri = request.required("redirect_uri");
        String verifier = request.required("code_verifier");
        OneTimeTokens.Redeemed<Code> redeemed =
                codes.redeem(presented).orElseThrow(() -> dialect.refusal(GrantFlaw.CODE_UNKNOWN));
        Code code = redeemed.value();
        if (redeemed.again()) {
            code.grant().revoke();
            throw dialect.refusal(GrantFlaw.CODE_USED);
        }
        if (redeemed.expired()) {
            throw dialect.refusal(GrantFlaw.CODE_EXPIRED);
        }
        if (!isOf(code.grant().login(), application, request.call())) {
            throw dialect.refusal(GrantFlaw.CODE_OF_ANOTHER_CLIENT);
        }
        if (!code.request().redirectUri().equals(redirectUri)) {
            throw dialect.refusal(GrantFlaw.WRONG_REDIRECT_URI);
        }
        if (!fits(verifier, code.request().challenge())) {
            throw dialect.refusal(GrantFlaw.WRONG_VERIFIER);
        }
        return tokens(code.grant(), code.grant().login(), code.request().get("nonce"));
    }

    private Reply refresh(TokenRequest request, BrowserApplication application) {
        OneTimeTokens.Redeemed<LoginGrant> redeemed = refreshTokens
                .redeem(request.required(REFRESH))
                .orElseThrow(() -> dialect.refusal(GrantFlaw.REFRESH_TOKEN_INVALID));
        LoginGrant grant = redeemed.value();
        Authorization login = grant.login();
        if (redeemed.again()) {
            grant.revoke();
        }
        if (redeemed.again() || redeemed.expired() || grant.isRevoked() || !isOf(login, application, request.call())) {
            throw dialect.refusal(GrantFlaw.REFRESH_TOKEN_INVALID);
        }
        // OpenID Connect Core §12.2: without the nonce of the login.
        return tokens(grant, login.narrowedTo(narrowed(request, login.target())), Optional.empty());
    }

    private boolean isOf(Authorization login, BrowserApplication application, HttpCall call) {
        return login.clientId().equals(application.clientId()) && dialect.isServerOf(login, call);
    }

    private LoginTarget narrowed(TokenRequest request, LoginTarget target) {
        Optional<String> asked = request.get("scope");
        if (asked.isEmpty()) {
            return target;
        }
        List<String> scopes = List.of(asked.get().strip().split("\\s+"));
        if (!target.scopes().containsAll(scopes)) {
            throw dialect.refusal(GrantFlaw.MORE_SCOPES_THAN_GRANTED);
        }
        return target.narrowedTo(scopes);
    }

    private Reply tokens(LoginGrant grant, Authorization login, Optional<String> nonce) {
        AccessToken access = dialect.accessToken(login);
        accessTokens.add(access, grant);
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("access_token", access.value());
        reply.put("token_type", "Bearer");
        reply.put("expires_in", access.lifetime().toSeconds());
        reply.put("scope", String.join(" ", login.target().scopes()));
        if (login.target().has("openid")) {
            reply.put("id_token", idTokens.issue(login, access, nonce));
        }
        if (grant.login().target().has("offline_access")) {
            reply.put(REFRESH, refreshTokens.issue(grant));
        }
        return Reply.json(200, reply).header("Cache-Control", "no-store");
    }

    private static boolean fits(String verifier, String challenge) {
        byte[] hash = sha256(verifier);
        return VERIFIER.matcher(verifier).matches()
                && MessageDigest.isEqual(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(hash)
                                .getBytes(StandardCharsets.US_ASCII),
                        challenge.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] sha256(String ascii) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
