// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpToken;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a JWT is, told by its header and claims: whose, of which kind, and for a person or for a machine. */
record TokenFacts(TokenProvider provider, Kind kind, Holder holder, List<String> audiences) {
    /** The application of Azure Databricks in every Entra tenant. */
    private static final String AZURE_DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    /** What a JWT was issued as. */
    enum Kind {
        ACCESS("an access token"),
        ID("an ID token"),
        RUNTIME("an identity token of a runtime"),
        UNSAID("a token that does not say whether it is an access token or an ID token");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** For whom a JWT speaks. */
    enum Holder {
        MACHINE("of an application or machine"),
        PERSON("of a person"),
        UNSAID("of somebody whom it does not show to be a person or an application");

        private final String words;

        Holder(String words) {
            this.words = words;
        }
    }

    static TokenFacts of(IdpToken jwt) {
        return of("", jwt.claims());
    }

    /** The type is the header's {@code typ}; empty if it has none. */
    static TokenFacts of(String type, Map<String, ?> claims) {
        TokenProvider provider = TokenProvider.of(claims);
        return new TokenFacts(provider, kind(type, claims, provider), holder(claims, provider), audiences(claims));
    }

    /** {@return one sentence without a full stop} */
    String inWords() {
        return kind.words + " " + holder.words + ", issued by " + provider.title();
    }

    /** {@return whether there is nothing to exchange; v1.0 tokens name the resource as it was asked for, slash and all} */
    boolean isForAzureDatabricks() {
        return audiences.stream()
                .anyMatch(audience -> audience.replaceAll("/+$", "").equals(AZURE_DATABRICKS));
    }

    private static Kind kind(String type, Map<String, ?> claims, TokenProvider provider) {
        if (type.equalsIgnoreCase("at+jwt") || type.equalsIgnoreCase("application/at+jwt")) {
            return Kind.ACCESS;
        }
        if (provider.isRuntime()) {
            return Kind.RUNTIME;
        }
        if (text(claims, "typ").equals("ID") || has(claims, "at_hash", "c_hash", "nonce")) {
            return Kind.ID;
        }
        boolean access = text(claims, "typ").equals("Bearer")
                || text(claims, "token_use").equals("access")
                || has(claims, "scope", "scp", "gty", "cid", "appid", "idtyp", "azpacr", "roles");
        return access ? Kind.ACCESS : provider == TokenProvider.GOOGLE ? Kind.ID : Kind.UNSAID;
    }

    private static Holder holder(Map<String, ?> claims, TokenProvider provider) {
        if (provider.isRuntime() || isApplication(claims)) {
            return Holder.MACHINE;
        }
        String email = text(claims, "email");
        if (email.endsWith(".gserviceaccount.com")) {
            return Holder.MACHINE;
        }
        boolean person = has(claims, "email", "name", "preferred_username", "upn", "nonce", "given_name", "uid");
        return person ? Holder.PERSON : Holder.UNSAID;
    }

    private static boolean isApplication(Map<String, ?> claims) {
        String subject = text(claims, "sub");
        boolean entraApplication = text(claims, "idtyp").equals("app")
                || (has(claims, "tid") && !has(claims, "scp", "name", "preferred_username", "upn"));
        return text(claims, "gty").equals("client-credentials")
                || subject.endsWith("@clients")
                || entraApplication
                || text(claims, "preferred_username").startsWith("service-account-")
                || Stream.of("cid", "azp", "client_id")
                        .anyMatch(name -> !subject.isEmpty() && subject.equals(text(claims, name)));
    }

    private static List<String> audiences(Map<String, ?> claims) {
        return claims.get("aud") instanceof Collection<?> list
                ? list.stream().map(String::valueOf).toList()
                : Optional.ofNullable(claims.get("aud")).map(String::valueOf).stream()
                        .toList();
    }

    private static boolean has(Map<String, ?> claims, String... names) {
        return Stream.of(names).anyMatch(name -> claims.get(name) != null);
    }

    private static String text(Map<String, ?> claims, String name) {
        return claims.get(name) instanceof String text ? text : "";
    }
}
