// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import java.util.Arrays;
import java.util.Optional;

/**
 * The national cloud a tenant is in: each has its own sign-in address, and tokens of one are worth nothing in another.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud">Microsoft Entra
 *     authentication and national clouds</a>
 */
public enum EntraCloud {
    /** The public cloud; what is meant where nobody says otherwise. */
    PUBLIC("https://login.microsoftonline.com", "api://AzureADTokenExchange", "https://management.core.windows.net/"),
    /** Azure Government of the United States. */
    US_GOVERNMENT(
            "https://login.microsoftonline.us",
            "api://AzureADTokenExchangeUSGov",
            "https://management.core.usgovcloudapi.net/"),
    /** Azure operated by 21Vianet in China. */
    CHINA(
            "https://login.partner.microsoftonline.cn",
            "api://AzureADTokenExchangeChina",
            "https://management.core.chinacloudapi.cn/");

    /** Another name of China's sign-in address, which Azure's own tools set. */
    private static final String CHINA_BY_ANOTHER_NAME = "https://login.chinacloudapi.cn";

    private final String authority;
    private final String tokenExchangeAudience;
    private final String managementResource;

    EntraCloud(String authority, String tokenExchangeAudience, String managementResource) {
        this.authority = authority;
        this.tokenExchangeAudience = tokenExchangeAudience;
        this.managementResource = managementResource;
    }

    /** {@return the cloud with this sign-in address} */
    static Optional<EntraCloud> of(String authority) {
        String host = authority.strip().replaceFirst("/$", "");
        return host.equalsIgnoreCase(CHINA_BY_ANOTHER_NAME)
                ? Optional.of(CHINA)
                : Arrays.stream(values())
                        .filter(cloud -> cloud.authority.equalsIgnoreCase(host))
                        .findFirst();
    }

    /** {@return where this cloud issues tokens, such as {@code https://login.microsoftonline.com}} */
    public String authority() {
        return authority;
    }

    /**
     * {@return the {@code aud} of another issuer's JWT that is to be a federated credential here, such as
     * {@code api://AzureADTokenExchange}; also what a managed identity asks for to be one}
     */
    public String tokenExchangeAudience() {
        return tokenExchangeAudience;
    }

    /** {@return the resource a token for Azure's management API is asked for} */
    public String managementResource() {
        return managementResource;
    }
}
