// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request to a token endpoint in the making: a form, perhaps a Basic header, and what in them is secret. */
public final class TokenForm {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private @Nullable String authorization;

    private TokenForm() {}

    /**
     * Starts a request.
     *
     * @param grant the parameters of the grant
     * @return the request, to be completed
     */
    public static TokenForm of(Map<String, List<String>> grant) {
        TokenForm form = new TokenForm();
        form.fields.putAll(grant);
        return form;
    }

    /**
     * Adds a parameter, or replaces it.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public TokenForm with(String name, String value) {
        fields.put(name, List.of(value));
        return this;
    }

    /**
     * Adds a parameter that must not come back in a message.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public TokenForm withSecret(String name, String value) {
        secrets.add(value);
        return with(name, value);
    }

    /**
     * Adds a Basic header; both halves are form-encoded before they are joined (RFC 6749 §2.3.1).
     *
     * @param clientId the client's id
     * @param secret its secret
     * @return this
     */
    public TokenForm withBasic(String clientId, String secret) {
        secrets.add(secret);
        authorization = new ClientSecretBasic(new ClientID(clientId), new Secret(secret)).toHTTPAuthorizationHeader();
        return this;
    }

    /** {@return the form, as it is sent} */
    public String encoded() {
        return URLUtils.serializeParameters(fields);
    }

    /** {@return the header of the same name; null if there is none} */
    public @Nullable String authorization() {
        return authorization;
    }

    /** {@return what must not come back in a message} */
    public Set<String> secrets() {
        return secrets;
    }

    /** {@return the names of the parameters; not their values} */
    @Override
    public String toString() {
        return "TokenForm" + fields.keySet();
    }
}
