// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which Application ID URIs a tenant of Entra ID lets an application have: a web address must be on a domain the tenant has
 * verified.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions">Restrictions on identifier
 *     URIs of Microsoft Entra applications</a>
 */
final class IdentifierUris {
    /** Every tenant's own, and those of Microsoft's applications, which every tenant has. */
    private final Set<String> domains = ConcurrentHashMap.newKeySet();

    IdentifierUris() {
        domains.addAll(Set.of(
                "onmicrosoft.com",
                "management.azure.com",
                "management.core.windows.net",
                "management.core.usgovcloudapi.net",
                "management.core.chinacloudapi.cn"));
    }

    void verified(String domain) {
        domains.add(domain.toLowerCase(Locale.ROOT));
    }

    /** Throws IllegalArgumentException for one that a tenant refuses. */
    void require(String identifier) {
        String lower = identifier.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https:") && !lower.startsWith("http:")) {
            return;
        }
        String host = String.valueOf(URI.create(lower).getHost());
        if (domains.stream().noneMatch(domain -> host.equals(domain) || host.endsWith("." + domain))) {
            throw new IllegalArgumentException(
                    "an Entra ID tenant refuses the Application ID URI '" + identifier
                            + "': '" + host + "' is on no domain it has verified, and a workspace's never is. Take"
                            + " api://<client id>, or tell EntraRules.verifiedDomain(domain) which domain of yours the tenant has");
        }
    }
}
