// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.MetadataTransport;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The instance metadata service of virtual machines, scale sets and AKS nodes.
 *
 * @param endpoint on the link-local address
 * @param assigned the identity meant; empty for the machine's own
 * @param transport asks no proxy
 * @see <a href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token">Managed
 *     identities on a virtual machine</a>
 */
record ImdsEndpoint(URI endpoint, Optional<AssignedIdentity> assigned, MetadataTransport transport)
        implements IdentityEndpoint {
    static final String BASE = "http://169.254.169.254";
    static final String PATH = "/metadata/identity/oauth2/token";

    @Override
    public HttpReply ask(String resource) throws IOException, InterruptedException {
        IdentityQuery query = new IdentityQuery(endpoint, "2018-02-01").with("resource", resource);
        assigned.ifPresent(identity -> query.with(identity.parameterAtImds(), identity.id()));
        return transport.get(query.uri(), LIMIT);
    }

    /** It speaks JSON and signs with its name; off Azure, that address belongs to anybody. What passes is let pass. */
    @Override
    public boolean couldSay(HttpReply reply, boolean json) {
        int status = reply.status();
        boolean passes = status >= 500 || status == 408 || status == 410 || status == 429;
        return json
                || passes
                || reply.header("Server").filter(name -> name.contains("IMDS")).isPresent();
    }

    @Override
    public String title() {
        return "the instance metadata service";
    }
}
