// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.SigningKey;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets up an {@link EntraTokenSource}: tenant, client, exactly one credential, and exactly one thing the token is for. Not
 * thread-safe.
 */
public final class EntraTokenSourceBuilder {
    private final OidcTokenSourceBuilder tokens = OidcTokenSource.builder();
    private final TreeSet<String> credentials = new TreeSet<>();
    private final Set<EntraTarget> targets = new LinkedHashSet<>();
    private String authority = EntraCloud.PUBLIC.authority();
    private EntraCloud cloud = EntraCloud.PUBLIC;
    private @Nullable String tenant;
    private @Nullable String clientId;
    private @Nullable FederatedCredential federated;
    private @Nullable EntraTokenVersion version;

    EntraTokenSourceBuilder() {}

    /**
     * The tenant in which the application is registered. Required.
     *
     * @param tenant the Directory (tenant) ID, a GUID; or a domain such as {@code contoso.onmicrosoft.com}
     * @return this builder
     * @throws IllegalArgumentException if it is neither, or {@code common}, {@code organizations} or {@code consumers},
     *     which are for people
     */
    public EntraTokenSourceBuilder tenant(String tenant) {
        this.tenant = EntraAuthority.tenant(tenant);
        return this;
    }

    /**
     * The national cloud the tenant is in. Default: {@link EntraCloud#PUBLIC}.
     *
     * @param cloud the cloud
     * @return this builder
     */
    public EntraTokenSourceBuilder cloud(EntraCloud cloud) {
        this.cloud = requireNonNull(cloud, "cloud");
        this.authority = cloud.authority();
        return this;
    }

    /**
     * Another address to ask for tokens, such as that of a stand-in; set after {@link #cloud}, it counts instead. Default:
     * the cloud's.
     *
     * @param url the host with its scheme, such as {@code https://login.microsoftonline.com}
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL (http is for loopback only), or has a path
     */
    public EntraTokenSourceBuilder authority(String url) {
        this.authority = EntraAuthority.host(url);
        return this;
    }

    /**
     * The Application (client) ID of the registered application. Required.
     *
     * @param id the client id; no object id
     * @return this builder
     */
    public EntraTokenSourceBuilder clientId(String id) {
        tokens.clientId(id);
        this.clientId = id;
        return this;
    }

    /**
     * The application's client secret: its Value, not its Secret ID.
     *
     * @param secret the secret
     * @return this builder
     */
    public EntraTokenSourceBuilder clientSecret(String secret) {
        tokens.clientSecret(secret);
        return credential("clientSecret");
    }

    /**
     * The application's client secret, where it may change while the process runs.
     *
     * @param secret asked before each request
     * @return this builder
     */
    public EntraTokenSourceBuilder clientSecret(Supplier<String> secret) {
        tokens.clientSecret(secret);
        return credential("clientSecret");
    }

    /**
     * The key of a certificate that was uploaded to the application; it signs an assertion with PS256 that lives five
     * minutes.
     *
     * @param key an RSA key, read together with its certificate
     * @return this builder
     * @throws IllegalArgumentException if it is no RSA key
     */
    public EntraTokenSourceBuilder certificate(SigningKey key) {
        SigningKey signer = CertificateAssertion.forEntra(requireNonNull(key, "key"));
        return certificate(() -> signer);
    }

    /**
     * The key of a certificate, where it may change while the process runs.
     *
     * @param key asked before each request; gives an RSA key, read together with its certificate
     * @return this builder
     */
    public EntraTokenSourceBuilder certificate(Supplier<SigningKey> key) {
        tokens.clientAssertion(CertificateAssertion.signedBy(requireNonNull(key, "key")));
        return credential("certificate");
    }

    /**
     * Another issuer's JWT in a file, which a federated credential of the application trusts: on Kubernetes, a projected
     * token. The file is read before each request.
     *
     * @param file holds one line, the JWT
     * @return this builder
     */
    public EntraTokenSourceBuilder federatedCredentialFile(Path file) {
        return federated(new TokenFile(requireNonNull(file, "file")), "federatedCredentialFile");
    }

    /**
     * Another issuer's JWTs, which a federated credential of the application trusts: GitHub's, or a managed identity's.
     *
     * @param issuer asked before each request; its JWTs have {@link EntraCloud#tokenExchangeAudience()} as audience
     * @return this builder
     * @see <a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation">Workload identity
     *     federation</a>
     */
    public EntraTokenSourceBuilder federatedCredential(IdpTokenSource issuer) {
        return federated(requireNonNull(issuer, "issuer"), "federatedCredential");
    }

    /**
     * Tenant, client id, token file and authority as the workload identity webhook of AKS puts them into the environment:
     * {@code AZURE_TENANT_ID}, {@code AZURE_CLIENT_ID}, {@code AZURE_FEDERATED_TOKEN_FILE}, {@code AZURE_AUTHORITY_HOST}.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return this builder
     * @throws IllegalStateException if one of the first three is missing
     * @see <a href="https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html">
     *     Azure Workload Identity: labels and annotations</a>
     */
    public EntraTokenSourceBuilder workloadIdentity(Map<String, String> environment) {
        WorkloadIdentity pod = WorkloadIdentity.of(environment);
        pod.cloud().ifPresent(this::cloud);
        pod.authority().ifPresent(this::authority);
        return tenant(pod.tenant()).clientId(pod.clientId()).federated(pod.tokenFile(), "workloadIdentity");
    }

    /**
     * The application (API) the token is for, which the federation policy names as audience. {@code /.default} is appended
     * where it is missing.
     *
     * @param application its Application ID URI, such as {@code api://databricks-federation}, or its client id
     * @return this builder
     * @throws IllegalArgumentException if it is blank, holds white space, is a workspace's URL, or is Azure Databricks itself,
     *     for which see {@link #azureDatabricks()}
     */
    public EntraTokenSourceBuilder application(String application) {
        return target(EntraTarget.application(application));
    }

    /**
     * The application (API) the token is for, by the v1 endpoint and its {@code resource} parameter. The endpoint has no
     * say in which version the token is.
     *
     * @param resource its Application ID URI, or its client id
     * @return this builder
     * @throws IllegalArgumentException as {@link #application}, or if it ends in {@code /.default}
     */
    public EntraTokenSourceBuilder v1Resource(String resource) {
        return target(EntraTarget.v1Resource(resource));
    }

    /**
     * Azure Databricks itself: a token that a workspace takes as it is. Use it by
     * {@link io.tokenfederation.DatabricksTokenSource#direct}, and never with an exchanger.
     *
     * @return this builder
     */
    public EntraTokenSourceBuilder azureDatabricks() {
        return target(EntraTarget.AZURE_DATABRICKS);
    }

    /**
     * Azure's management API, for {@link AzureManagementHeaders}.
     *
     * @return this builder
     */
    public EntraTokenSourceBuilder azureManagement() {
        return target(EntraTarget.AZURE_MANAGEMENT);
    }

    /**
     * Which version the federation policy was written for; a token of the other one is then refused here, with both ways
     * to mend it. Default: either is taken.
     *
     * @param version the version
     * @return this builder
     */
    public EntraTokenSourceBuilder expectedVersion(EntraTokenVersion version) {
        this.version = requireNonNull(version, "version");
        return this;
    }

    /**
     * How long a request may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public EntraTokenSourceBuilder requestTimeout(Duration timeout) {
        tokens.requestTimeout(timeout);
        return this;
    }

    /**
     * The client that talks to Entra ID: your proxy, trust store and executor. Default: a client of its own, with a connect
     * timeout of 5 seconds.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public EntraTokenSourceBuilder httpClient(HttpClient client) {
        tokens.httpClient(client);
        return this;
    }

    /**
     * Builds the source. Nothing is sent or read yet.
     *
     * @return the source
     * @throws IllegalStateException if a required setting is missing, or there is more than one credential or target
     * @throws IllegalArgumentException if the HTTP client follows redirects or keeps cookies
     */
    public EntraTokenSource build() {
        if (tenant == null) {
            throw new IllegalStateException("set tenant(id): the Directory (tenant) ID of the application");
        }
        if (clientId == null) {
            throw new IllegalStateException("set clientId(id): the Application (client) ID");
        }
        if (credentials.size() != 1) {
            throw new IllegalStateException(
                    "set exactly one credential: clientSecret, certificate, federatedCredential,"
                            + " federatedCredentialFile or workloadIdentity; set were " + credentials);
        }
        EntraTarget target = EntraTarget.only(targets);
        target.addTo(tokens, cloud, authority + "/" + tenant);
        return new EntraTokenSource(
                tokens.build(),
                new EntraRefusals(tenant, clientId, target.name(cloud), authority),
                new EntraTokenCheck(version),
                federated);
    }

    private EntraTokenSourceBuilder federated(IdpTokenSource issuer, String setting) {
        this.federated = new FederatedCredential(issuer);
        tokens.clientAssertion(ClientAssertion.issuedBy(federated));
        return credential(setting);
    }

    private EntraTokenSourceBuilder credential(String setting) {
        credentials.add(setting);
        return this;
    }

    private EntraTokenSourceBuilder target(EntraTarget target) {
        targets.add(target);
        return this;
    }
}
