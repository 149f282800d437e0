// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.ReplyTooLargeException;
import java.io.IOException;

/**
 * JWTs of a managed identity: for what runs on Azure, where the host vouches for it and there is no secret at all.
 *
 * <pre>{@code
 * IdpTokenSource idp = ManagedIdentityTokenSource.builder()
 *     .resource("api://databricks-federation")
 *     .build();
 * }</pre>
 *
 * <p>It finds out by the environment where it runs: a virtual machine, scale set or AKS node; App Service, Functions or
 * Container Apps; an Azure Arc machine; Cloud Shell. The JWTs have {@code sub} = the object id of the identity, and
 * {@code iss} and {@code aud} as {@link EntraTokenVersion} says.
 *
 * <p>Instead of being exchanged, such a JWT can be the credential of an application, in another tenant even:
 *
 * <pre>{@code
 * EntraTokenSource.builder()
 *     .tenant(tenant).clientId(id)
 *     .federatedCredential(ManagedIdentityTokenSource.builder()
 *         .resource(EntraCloud.PUBLIC.tokenExchangeAudience())
 *         .build())
 *     .application("api://databricks-federation")
 *     .build();
 * }</pre>
 *
 * <p>Azure keeps these tokens itself, so {@link #mint()} can return one it returned before. An exchanger takes that for what
 * it is, goes on with the token it has, and asks again later. Requests go to this host only, and to no proxy. Immutable and
 * thread-safe; caches nothing.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token">How to
 *     use managed identities to get an access token</a>
 */
public final class ManagedIdentityTokenSource implements IdpTokenSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NOT_ON_AZURE =
            "Run this on Azure with a managed identity; anywhere else use EntraTokenSource"
                    + " with a secret, a certificate or a federated credential. In a container, check that the address can be reached"
                    + " from it.";

    private final IdentityEndpoint endpoint;
    private final String identity;
    private final String resource;

    ManagedIdentityTokenSource(IdentityEndpoint endpoint, String identity, String resource) {
        this.endpoint = endpoint;
        this.identity = identity;
        this.resource = resource;
    }

    /** {@return a builder; what the token is for is required} */
    public static ManagedIdentityTokenSourceBuilder builder() {
        return new ManagedIdentityTokenSourceBuilder();
    }

    /**
     * Gets a JWT. Runs on the calling thread.
     *
     * @return the JWT
     * @throws IdpTokenException if the host has no such identity, cannot be asked, or refuses
     */
    @Override
    public IdpToken mint() {
        HttpReply reply = ask();
        if (reply.status() != 200) {
            throw new IdentityRefusals(endpoint, identity, resource).explain(reply);
        }
        return IdpToken.parse(accessToken(reply));
    }

    private HttpReply ask() {
        try {
            return endpoint.ask(resource);
        } catch (ReplyTooLargeException e) {
            throw new IdpTokenException(unreadable("sent more than a token"));
        } catch (IOException e) {
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_UNREACHABLE, "no reply from " + endpoint.title() + ": " + e.getMessage())
                            .fix(NOT_ON_AZURE)
                            .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_UNREACHABLE, "interrupted while waiting for " + endpoint.title())
                            .cause(e));
        }
    }

    private String accessToken(HttpReply reply) {
        JsonNode token;
        try {
            token = JSON.readTree(reply.text()).path("access_token");
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes what it could not read.
            throw new IdpTokenException(unreadable("answered 200, but not with JSON"));
        }
        if (!token.isTextual() || token.textValue().isEmpty()) {
            throw new IdpTokenException(unreadable("answered 200, but with no access_token"));
        }
        return token.textValue();
    }

    private Problem unreadable(String what) {
        return Problem.of(ErrorCode.IDP_REPLY_UNREADABLE, endpoint.title() + " " + what)
                .fix("Find out what answers there: it is not Azure's identity endpoint.");
    }

    /** {@return who is asked, which identity is meant, and what for} */
    @Override
    public String toString() {
        return "ManagedIdentityTokenSource[" + endpoint.title() + ", " + identity + ", for " + resource + "]";
    }
}
