// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the two settings that say where tokens are issued, as people paste them. */
final class EntraAuthority {
    private static final Set<String> FOR_PEOPLE = Set.of("common", "organizations", "consumers");
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");

    private EntraAuthority() {}

    static String tenant(String tenant) {
        String name = requireNonNull(tenant, "tenant").strip();
        if (FOR_PEOPLE.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "tenant '" + name + "' is for people who sign in; an application needs its"
                            + " own tenant: the Directory (tenant) ID, a GUID, or a domain of it");
        }
        if (!GUID.matcher(name).matches() && !DOMAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("tenant must be the Directory (tenant) ID, a GUID, or a domain such as"
                    + " contoso.onmicrosoft.com, and nothing around it");
        }
        return name;
    }

    static String host(String url) {
        String base = requireNonNull(url, "authority").strip();
        base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        URI uri = HttpTransport.requireSecure(HttpTransport.parse(base, "authority"), "authority");
        if (!uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("authority must be the host alone, such as"
                    + " https://login.microsoftonline.com; the tenant is set by tenant(id)");
        }
        return base;
    }
}
