// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.regex.Pattern;

/** A workspace or account host, as people write it, and its token endpoints. */
record DatabricksHost(URI uri) {
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    static DatabricksHost of(String url) {
        requireNonNull(url, "url");
        URI uri = HttpTransport.parse(url, "the Databricks host");
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("the Databricks host must be a whole URL, such as https://"
                    + "adb-1234567890123456.7.azuredatabricks.net; it is '" + SafeText.of(url) + "'");
        }
        HttpTransport.requireSecure(uri, "the Databricks host");
        if (!(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the Databricks host must end after the host name; leave out what follows in '" + SafeText.of(url)
                            + "'");
        }
        return new DatabricksHost(URI.create(uri.getScheme() + "://" + uri.getAuthority()));
    }

    URI workspaceTokenEndpoint() {
        if (uri.getHost().startsWith("accounts.") || uri.getHost().startsWith("accounts-dod.")) {
            throw new IllegalArgumentException(uri.getHost() + " is an account console, not a workspace; use"
                    + " account(url, accountId), or the URL of the workspace");
        }
        return uri.resolve("/oidc/v1/token");
    }

    URI accountTokenEndpoint(String accountId) {
        if (!ACCOUNT_ID.matcher(requireNonNull(accountId, "accountId")).matches()) {
            throw new IllegalArgumentException(
                    "the account id must be a UUID, as the account console shows it behind the user's name");
        }
        return uri.resolve("/oidc/accounts/" + accountId + "/v1/token");
    }
}
