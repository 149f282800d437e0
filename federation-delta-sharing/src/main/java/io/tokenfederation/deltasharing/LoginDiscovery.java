// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks where the person logs in. The recipient's document names the provider's addresses, and comes from whoever shares: it
 * could name the real login page together with a token endpoint of its own, and get code and verifier of it (RFC 9700 §4.4).
 * So both must be on one host, unless the issuer is known here, whose own document then counts.
 */
final class LoginDiscovery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 1 << 20;
    private static final String DOCUMENT = ".well-known/openid-configuration";

    private final HttpTransport transport;
    private final URI recipient;
    private final @Nullable String issuer;

    LoginDiscovery(HttpTransport transport, URI recipient, @Nullable String issuer) {
        this.transport = transport;
        this.recipient = recipient;
        this.issuer = issuer;
    }

    LoginServer find() throws IOException, InterruptedException {
        LoginServer told = read(under(recipient.toString() + "/oidc"));
        if (issuer == null) {
            requireOneHost(told);
            return told;
        }
        requireIssuer(told, "the recipient's");
        LoginServer own = read(under(issuer));
        requireIssuer(own, "the issuer's own");
        return own;
    }

    private static URI under(String base) {
        return URI.create((base.endsWith("/") ? base : base + "/") + DOCUMENT);
    }

    private LoginServer read(URI at) throws IOException, InterruptedException {
        HttpReply reply = transport.send(
                HttpTransport.request(at)
                        .header("Accept", "application/json")
                        .GET()
                        .build(),
                LIMIT);
        if (reply.status() != 200) {
            throw ReplyProblem.of(
                    reply,
                    ErrorCode.IDP_DISCOVERY_FAILED,
                    "the discovery document at " + at + " answered " + reply.status());
        }
        JsonNode document = document(reply, at);
        return new LoginServer(
                text(document, "issuer", at),
                address(document, "authorization_endpoint", at),
                address(document, "token_endpoint", at),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static JsonNode document(HttpReply reply, URI at) {
        try {
            return JSON.readTree(reply.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Not the cause: it quotes what it could not read.
            throw failed("the discovery document at " + at + " is not JSON");
        }
    }

    private static String text(JsonNode document, String member, URI at) {
        JsonNode value = document.path(member);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw failed("the discovery document at " + at + " has no " + member);
        }
        return value.textValue();
    }

    private static URI address(JsonNode document, String member, URI at) {
        try {
            URI address = HttpTransport.requireSecure(HttpTransport.parse(text(document, member, at), member), member);
            if ("https".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
                throw new IllegalArgumentException(member + " is an http address of this machine");
            }
            if (address.getRawFragment() != null) {
                throw new IllegalArgumentException(member + " must not have a fragment");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw failed("in the discovery document at " + at + ", " + e.getMessage());
        }
    }

    private static void requireOneHost(LoginServer told) {
        String page = told.authorization().getRawAuthority();
        String token = told.token().getRawAuthority();
        if (!page.equalsIgnoreCase(token)) {
            throw new IdpTokenException(
                    Problem.of(
                                    ErrorCode.IDP_DISCOVERY_FAILED,
                                    "the recipient's discovery document has people log in at '" + SafeText.of(page)
                                            + "', and the code of that login sent to another host, '"
                                            + SafeText.of(token)
                                            + "'")
                            .fix(
                                    "If that is how your identity provider works, set issuer(...), so that its own document counts."));
        }
    }

    private void requireIssuer(LoginServer named, String whose) {
        if (!named.issuer().equals(issuer)) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_ISSUER_MISMATCH,
                    whose + " discovery document names issuer '" + SafeText.of(named.issuer()) + "', configured is '"
                            + issuer + "'"));
        }
    }

    private static IdpTokenException failed(String message) {
        return new IdpTokenException(Problem.of(ErrorCode.IDP_DISCOVERY_FAILED, message)
                .fix("Check the recipient's endpoint: it is the address in the OIDC profile web portal, up to the"
                        + " recipient's id, and its discovery document is below it at /oidc/" + DOCUMENT + "."));
    }
}
