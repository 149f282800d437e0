// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A token endpoint, told or looked up in its issuer's discovery document and kept for a while. */
final class TokenEndpointOfIssuer {
    /** Endpoints hardly ever move; a document that is wrong for once should not last. */
    private static final Duration KEPT = Duration.ofHours(1);

    private record Found(TokenEndpoint endpoint, long at) {}

    private final HttpTransport transport;
    private final @Nullable IssuerDocuments documents;
    private final boolean byCertificate;
    private final LongSupplier nanos;
    private volatile @Nullable Found found;

    private TokenEndpointOfIssuer(
            HttpTransport transport,
            @Nullable IssuerDocuments documents,
            boolean byCertificate,
            @Nullable Found found,
            LongSupplier nanos) {
        this.transport = transport;
        this.documents = documents;
        this.byCertificate = byCertificate;
        this.found = found;
        this.nanos = nanos;
    }

    static TokenEndpointOfIssuer at(URI uri, HttpTransport transport) {
        TokenEndpoint endpoint = new TokenEndpoint(transport, uri, Side.IDP);
        return new TokenEndpointOfIssuer(transport, null, false, new Found(endpoint, 0), () -> 0);
    }

    /** @param byCertificate whether the client's TLS certificate is its credential */
    static TokenEndpointOfIssuer discovered(
            String issuer, HttpTransport transport, boolean byCertificate, LongSupplier nanos) {
        return new TokenEndpointOfIssuer(transport, new IssuerDocuments(transport, issuer), byCertificate, null, nanos);
    }

    TokenEndpoint get() {
        Found known = found;
        if (known != null && nanos.getAsLong() - known.at() < KEPT.toNanos()) {
            return known.endpoint();
        }
        IssuerDocuments of = documents;
        if (of == null) {
            throw new IllegalStateException("an endpoint that was told does not age");
        }
        try {
            TokenEndpoint endpoint = new TokenEndpoint(transport, of.tokenEndpoint(byCertificate), Side.IDP);
            found = new Found(endpoint, nanos.getAsLong());
            return endpoint;
        } catch (DiscoveryException e) {
            throw new IdpTokenException(e.problem());
        } catch (IOException e) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_UNREACHABLE,
                            "no discovery document from issuer '" + of.issuer() + "': " + e.getMessage())
                    .cause(e));
        }
    }

    /** Looks the endpoint up anew next time: it does not answer as one, so it may have moved. */
    void doubt() {
        if (documents != null) {
            found = null;
        }
    }

    /** {@return the endpoint or its issuer, for messages} */
    @Override
    public String toString() {
        Found known = found;
        return documents == null && known != null ? known.endpoint().uri().toString() : "issuer " + issuer();
    }

    private String issuer() {
        return documents == null ? "" : documents.issuer();
    }
}
