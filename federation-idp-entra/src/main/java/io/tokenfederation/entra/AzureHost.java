// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.IdentityEndpointTransport;
import io.tokenfederation.internal.MetadataTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out by the environment on which kind of Azure host this process runs, in the order of Microsoft's own clients.
 *
 * @param environment the variables
 * @param assigned the identity meant; empty for the host's own
 * @param arcKeys where an Azure Arc agent keeps its files; empty for where it does by default
 * @param timeout how long one request may take
 */
record AzureHost(
        Map<String, String> environment,
        Optional<AssignedIdentity> assigned,
        Optional<Path> arcKeys,
        Duration timeout) {
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    IdentityEndpoint endpoint() {
        Optional<String> endpoint = variable("IDENTITY_ENDPOINT");
        Optional<String> header = variable("IDENTITY_HEADER");
        if (endpoint.isPresent() && header.isPresent()) {
            return appService(endpoint.get(), header.get());
        }
        if (endpoint.isPresent() && variable("IMDS_ENDPOINT").isPresent()) {
            requireOwnIdentity("an Azure Arc machine");
            ArcKeys keys = new ArcKeys(
                    arcKeys.orElseGet(() -> ArcKeys.directoryOn(System.getProperty("os.name", ""), environment)));
            return new ArcEndpoint(local("IDENTITY_ENDPOINT", endpoint.get()), keys, transport());
        }
        Optional<String> shell = variable("MSI_ENDPOINT");
        if (shell.isPresent()) {
            return cloudShell(shell.get());
        }
        return imds();
    }

    private IdentityEndpoint appService(String endpoint, String header) {
        if (variable("IDENTITY_SERVER_THUMBPRINT").isPresent()) {
            throw new IllegalStateException("managed identity on Service Fabric is not supported (its endpoint has a"
                    + " certificate of its own, to be pinned): use a certificate or a federated credential with"
                    + " EntraTokenSource");
        }
        if (!SENDABLE.matcher(header).matches()) {
            throw new IllegalStateException("IDENTITY_HEADER holds characters that cannot be sent in a header");
        }
        return new AppServiceEndpoint(local("IDENTITY_ENDPOINT", endpoint), header, assigned, transport());
    }

    private IdentityEndpoint cloudShell(String endpoint) {
        if (variable("MSI_SECRET").isPresent()) {
            throw new IllegalStateException(
                    "MSI_ENDPOINT and MSI_SECRET without IDENTITY_ENDPOINT and IDENTITY_HEADER are"
                            + " of an endpoint that is no longer supported: restart the App Service, or use EntraTokenSource");
        }
        requireOwnIdentity("Cloud Shell");
        return new CloudShellEndpoint(local("MSI_ENDPOINT", endpoint), transport());
    }

    private IdentityEndpoint imds() {
        MetadataTransport transport = MetadataTransport.azure(timeout);
        String base = variable("AZURE_POD_IDENTITY_AUTHORITY_HOST").orElse(ImdsEndpoint.BASE);
        String host = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        URI endpoint = HttpTransport.parse(host + ImdsEndpoint.PATH, "AZURE_POD_IDENTITY_AUTHORITY_HOST");
        return new ImdsEndpoint(transport.require(endpoint), assigned, transport);
    }

    private void requireOwnIdentity(String host) {
        if (assigned.isPresent()) {
            throw new IllegalStateException("the identity endpoint of " + host
                    + " knows one identity only: leave out clientId, objectId and resourceId");
        }
    }

    private static URI local(String variable, String url) {
        URI endpoint = IdentityEndpointTransport.require(HttpTransport.parse(url, variable));
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalStateException(variable + " must be an address without query");
        }
        return endpoint;
    }

    private IdentityEndpointTransport transport() {
        return IdentityEndpointTransport.create(timeout);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Without the environment, which holds IDENTITY_HEADER and whatever else the process was given. */
    @Override
    public String toString() {
        return "AzureHost[environment redacted, " + assigned + "]";
    }
}
