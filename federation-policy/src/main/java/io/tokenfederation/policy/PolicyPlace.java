// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which host keeps the policies.
 *
 * @param host scheme, host and port
 * @param accountId the account; empty if the host is a workspace
 */
record PolicyPlace(URI host, Optional<String> accountId) {
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    static PolicyPlace account(String url, String accountId) {
        URI host = host(url, "the account's address");
        if (!ACCOUNT_ID.matcher(requireNonNull(accountId, "accountId")).matches()) {
            throw new IllegalArgumentException(
                    "the account id must be a UUID, as the account console shows it behind the user's name");
        }
        DatabricksCloud.of(host.getHost()).filter(cloud -> !isConsole(host)).ifPresent(cloud -> {
            throw new IllegalArgumentException(host.getHost() + " is a workspace; the account's address is "
                    + cloud.accountUrl() + ": policies of service principals are kept in the account");
        });
        return new PolicyPlace(host, Optional.of(accountId.toLowerCase(Locale.ROOT)));
    }

    static PolicyPlace workspace(String url) {
        URI host = host(url, "the workspace");
        if (isConsole(host)) {
            throw new IllegalArgumentException(host.getHost()
                    + " is an account console, not a workspace; policies of recipients are kept in a workspace's"
                    + " metastore");
        }
        return new PolicyPlace(host, Optional.empty());
    }

    void require(PolicyOwner owner) {
        boolean ofRecipient = owner.kind() == PolicyOwner.Kind.RECIPIENT;
        if (ofRecipient == accountId.isPresent()) {
            throw new IllegalStateException(
                    ofRecipient
                            ? "recipients are kept in a workspace: set workspace(url) instead of account(...)"
                            : owner + " is kept in the account: set account(...) instead of workspace(url)");
        }
    }

    private static boolean isConsole(URI host) {
        String name = host.getHost().toLowerCase(Locale.ROOT);
        return name.startsWith("accounts.") || name.startsWith("accounts-dod.");
    }

    private static URI host(String url, String what) {
        URI uri = HttpTransport.requireSecure(HttpTransport.parse(requireNonNull(url, "url"), what), what);
        String rest =
                uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?") + (uri.getRawFragment() == null ? "" : "#");
        if (!rest.isEmpty() && !rest.equals("/")) {
            throw new IllegalArgumentException(
                    what + " must end after the host name; leave out what follows in '" + SafeText.of(url) + "'");
        }
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }
}
