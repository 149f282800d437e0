// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.SafeText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JWT in a file that somebody keeps fresh: Kubernetes' kubelet, the SPIFFE helper, an agent.
 *
 * <pre>{@code
 * IdpTokenSource idp = TokenFileSource.of(Path.of("/var/run/secrets/databricks/token"))
 *     .audience("https://adb-1.azuredatabricks.net");
 * }</pre>
 *
 * <p>In Kubernetes the file comes from a projected volume:
 *
 * <pre>{@code
 * volumes:
 *   - name: databricks-token
 *     projected:
 *       sources:
 *         - serviceAccountToken: {path: token, audience: "https://adb-1.azuredatabricks.net", expirationSeconds: 3600}
 * containers:
 *   - volumeMounts:
 *       - {name: databricks-token, mountPath: /var/run/secrets/databricks, readOnly: true}   # no subPath
 * }</pre>
 *
 * <p>The file is read anew each time, and may be replaced at any moment. A token that is over is never returned; the
 * exception says what to do. Immutable and thread-safe. Does not verify the JWT's signature.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken">Kubernetes: service
 *     account token volumes</a>
 */
public final class TokenFileSource implements IdpTokenSource {
    /** After this long, a file that has not been replaced is not late, but forgotten. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** Whom a service account token is for if nobody says: the cluster's API, under the names it has in there. */
    private static final Set<String> CLUSTER_API = Set.of(
            "https://kubernetes.default.svc",
            "https://kubernetes.default.svc.cluster.local",
            "https://kubernetes.default",
            "kubernetes.default.svc",
            "api",
            "k3s");

    private static final Set<String> NO_JWT =
            Set.of(ErrorCode.IDP_TOKEN_OPAQUE.name(), ErrorCode.IDP_TOKEN_MALFORMED.name());

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private final TokenFile file;
    private final @Nullable String audience;

    private TokenFileSource(TokenFile file, @Nullable String audience) {
        this.file = file;
        this.audience = audience;
    }

    /**
     * The JWT in a file.
     *
     * @param path the file; it need not be there yet
     * @return the source
     */
    public static TokenFileSource of(Path path) {
        return new TokenFileSource(new TokenFile(requireNonNull(path, "path")), null);
    }

    /**
     * Checks that the token is for this audience before it is used. Default: any is taken but that of a Kubernetes
     * cluster's own API.
     *
     * @param audience the federation policy's audience
     * @return a changed copy
     * @throws IllegalArgumentException if it is blank
     */
    public TokenFileSource audience(String audience) {
        return new TokenFileSource(file, Given.text(audience, "audience"));
    }

    /**
     * Reads the file.
     *
     * @return the JWT in it, which lives for at least 40 seconds more
     * @throws IdpTokenException with a code that starts with {@code WORKLOAD_FILE_} if the file cannot be read, holds
     *     something else, or its token is over; {@code KUBERNETES_API_AUDIENCE} or {@code WORKLOAD_AUDIENCE_UNEXPECTED} if
     *     the token is for somebody else
     */
    @Override
    public IdpToken mint() {
        IdpToken token = parsed();
        requireFresh(token, Instant.now());
        if (audience != null) {
            RuntimeJwt.requireAudience(token, audience, "the file " + file);
        } else if (isForTheCluster(token)) {
            throw WorkloadErrorCode.KUBERNETES_API_AUDIENCE.exception("the token in the file " + file + " is for '"
                    + SafeText.of(String.join("', '", token.audiences())) + "', the API of its own cluster");
        }
        return token;
    }

    /** A file cut off half-way holds no JWT for a moment, which must not count as a mistake that stays. */
    private IdpToken parsed() {
        try {
            return RuntimeJwt.parse(file.line(), "the file " + file);
        } catch (IdpTokenException e) {
            if (!NO_JWT.contains(e.code())) {
                throw e;
            }
            WorkloadErrorCode code = WorkloadErrorCode.WORKLOAD_FILE_NO_JWT;
            String known = e.fix();
            throw new IdpTokenException(e.problem()
                    .kind(code.name(), known.equals(Lookalike.OTHER.fix()) ? code.fix() : known)
                    .retryable(true));
        }
    }

    private void requireFresh(IdpToken token, Instant now) {
        if (!RuntimeJwt.isOver(token, now)) {
            return;
        }
        Instant written = file.written().toInstant();
        // Written after its token's end: somebody replaces it, with old tokens or by another clock.
        boolean forgotten = written.isBefore(token.expiresAt())
                && token.expiresAt().isBefore(now.minus(LATE))
                && !file.isKeptByKubelet();
        WorkloadErrorCode code =
                forgotten ? WorkloadErrorCode.WORKLOAD_FILE_NOT_REPLACED : WorkloadErrorCode.WORKLOAD_FILE_EXPIRED;
        throw code.exception("the token in the file " + file + " " + RuntimeJwt.end(token, now)
                + "; the file was last written at " + written);
    }

    private static boolean isForTheCluster(IdpToken token) {
        return token.subject().startsWith(SERVICE_ACCOUNT)
                && (token.audiences().contains(token.issuer())
                        || token.audiences().stream().anyMatch(CLUSTER_API::contains));
    }

    /** {@return the path} */
    @Override
    public String toString() {
        return "TokenFileSource[" + file + (audience == null ? "" : ", audience=" + audience) + "]";
    }
}
