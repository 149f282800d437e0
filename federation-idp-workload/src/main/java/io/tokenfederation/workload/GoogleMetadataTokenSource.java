// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.MetadataTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identity tokens of a Google Cloud service account, from the metadata server of a virtual machine, Cloud Run, Cloud
 * Functions or GKE.
 *
 * <pre>{@code
 * IdpTokenSource idp = GoogleMetadataTokenSource.builder().audience("https://adb-1.azuredatabricks.net").build();
 * }</pre>
 *
 * <p>The JWT has {@code iss} = {@code https://accounts.google.com}, the audience asked for, and {@code sub} = the service
 * account's unique id, a number of some twenty digits and not its e-mail address. It lives an hour.
 *
 * <p>The metadata server speaks plain http on a link-local address; nothing secret is sent there, and no proxy is asked.
 * Immutable and thread-safe; caches nothing. Does not verify the JWT's signature.
 *
 * @see <a href="https://cloud.google.com/compute/docs/instances/verifying-instance-identity">Google: instance identity
 *     tokens</a>
 */
public final class GoogleMetadataTokenSource implements IdpTokenSource {
    private static final String TITLE = "Google's metadata server";
    private static final String FLAVOR = "Metadata-Flavor";

    private final URI uri;
    private final String serviceAccount;
    private final String audience;
    private final MetadataTransport transport;

    private GoogleMetadataTokenSource(Builder settings, String audience) {
        this.transport = MetadataTransport.google(settings.requestTimeout);
        this.serviceAccount = settings.serviceAccount;
        this.audience = audience;
        this.uri = transport.require(JobRequest.with(
                URI.create(settings.endpoint + "/computeMetadata/v1/instance/service-accounts/"
                        + JobRequest.encoded(serviceAccount).replace("%40", "@") + "/identity"),
                "audience",
                audience));
    }

    /** {@return a builder; the audience is required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks the metadata server for an identity token.
     *
     * @return a JWT for the audience; the metadata server may return the same one for some minutes
     * @throws IdpTokenException with a code that starts with {@code GOOGLE_} if there is no such server or no such service
     *     account; retryable if it cannot be reached, limits or fails
     */
    @Override
    public IdpToken mint() {
        RuntimeService service = new RuntimeService(
                TITLE,
                WorkloadErrorCode.GOOGLE_METADATA_UNREACHABLE.problem(
                        "no reply from " + TITLE + " at " + uri.getAuthority()));
        HttpReply reply = service.send(() -> transport.get(uri, RuntimeService.LIMIT), Set.of());
        if (reply.header(FLAVOR).filter("Google"::equals).isEmpty()) {
            throw new IdpTokenException(WorkloadErrorCode.GOOGLE_METADATA_FOREIGN
                    .problem("what answered " + reply.status() + " at " + uri.getAuthority() + " did not say '" + FLAVOR
                            + ": Google'")
                    .httpStatus(reply.status()));
        }
        if (reply.status() != 200) {
            WorkloadErrorCode code = reply.status() == 404
                    ? WorkloadErrorCode.GOOGLE_IDENTITY_MISSING
                    : WorkloadErrorCode.GOOGLE_REFUSED;
            throw new IdpTokenException(service.refused(
                    code.problem(
                            TITLE + " answered " + reply.status() + " for service account '" + serviceAccount + "'"),
                    reply,
                    Set.of()));
        }
        return token(reply.text().strip());
    }

    private static IdpToken token(String text) {
        if (text.startsWith("ya29.") || text.startsWith("{")) {
            throw WorkloadErrorCode.GOOGLE_ACCESS_TOKEN.exception(TITLE + " gave an access token, which is no JWT");
        }
        return IdpToken.parse(text);
    }

    /** {@return service account and audience} */
    @Override
    public String toString() {
        return "GoogleMetadataTokenSource[" + serviceAccount + ", audience=" + audience + "]";
    }

    /** Sets up a {@link GoogleMetadataTokenSource}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String audience;
        private String serviceAccount = "default";
        private String endpoint = "http://metadata.google.internal";
        private Duration requestTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /**
         * The audience to ask for; the federation policy's. Required.
         *
         * @param audience any text, not blank
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder audience(String audience) {
            this.audience = Given.text(audience, "audience");
            return this;
        }

        /**
         * Which of the machine's service accounts. Default: {@code default}.
         *
         * @param serviceAccount its e-mail address
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder serviceAccount(String serviceAccount) {
            this.serviceAccount = Given.text(serviceAccount, "serviceAccount");
            return this;
        }

        /**
         * Where the metadata server is. Default: {@code http://metadata.google.internal}.
         *
         * @param url {@code http://169.254.169.254} where that name does not resolve, or the loopback address of a
         *     stand-in; no path
         * @return this builder
         * @throws IllegalArgumentException if it is no URL
         */
        public Builder endpoint(String url) {
            String base = HttpTransport.parse(requireNonNull(url, "url"), "the endpoint")
                    .toString();
            this.endpoint = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
            return this;
        }

        /**
         * How long a request may take, its reply's body included. Default: 10 seconds.
         *
         * @param timeout longer than zero, at most a day
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Timeouts.require(requireNonNull(timeout, "timeout"), "requestTimeout");
            return this;
        }

        /**
         * Builds the source. Nothing is sent yet.
         *
         * @return the source
         * @throws IllegalStateException if the audience is missing
         * @throws IllegalArgumentException if the endpoint is neither a metadata server's fixed address nor loopback
         */
        public GoogleMetadataTokenSource build() {
            if (audience == null) {
                throw new IllegalStateException("set audience(text): the audience of the federation policy");
            }
            return new GoogleMetadataTokenSource(this, audience);
        }
    }
}
