// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

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
final class TokenForm {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private @Nullable String authorization;

    static TokenForm of(Map<String, List<String>> grant) {
        TokenForm form = new TokenForm();
        form.fields.putAll(grant);
        return form;
    }

    TokenForm with(String name, String value) {
        fields.put(name, List.of(value));
        return this;
    }

    TokenForm withSecret(String name, String value) {
        secrets.add(value);
        return with(name, value);
    }

    /** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
    TokenForm withBasic(String clientId, String secret) {
        secrets.add(secret);
        authorization = new ClientSecretBasic(new ClientID(clientId), new Secret(secret)).toHTTPAuthorizationHeader();
        return this;
    }

    String encoded() {
        return URLUtils.serializeParameters(fields);
    }

    @Nullable String authorization() {
        return authorization;
    }

    /** {@return what must not come back in a message} */
    Set<String> secrets() {
        return secrets;
    }

    @Override
    public String toString() {
        return "TokenForm" + fields.keySet();
    }
}
