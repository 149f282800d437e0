// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import io.tokenfederation.DatabricksToken;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to connect and how, without a credential.
 *
 * <p>A setting may stand in the URL or among the properties, never in both: the driver then fails with a message that
 * quotes both values.
 */
final class ConnectionSettings {
    private static final Pattern URL = Pattern.compile("(jdbc:databricks://([^/;]+)(?:/[^;]*)?)(?:;(.*))?");

    /** On every page that shows a URL to copy; ours take their place. */
    private static final Set<String> REPLACED = Set.of("authmech", "auth_flow", "enabletokenfederation", "uid", "user");

    /** Other ways to log in, and where their secrets are. */
    private static final Set<String> CREDENTIALS = Set.of(
            "pwd",
            "password",
            "auth_accesstoken",
            "auth_refreshtoken",
            "oauthrefreshtoken",
            "oauth2clientid",
            "oauth2secret",
            "auth_jwt_key_file",
            "auth_jwt_key_passphrase",
            "identity_federation_client_id",
            "googleserviceaccount",
            "googlecredentialsfile",
            "tokencachepassphrase",
            "http.header.authorization");

    private static final Set<String> LOGGING_TOKENS = Set.of("debug", "trace");

    /** From here on the driver logs what it sends. */
    private static final int DEBUG = 5;

    private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private final String url;
    private final String host;
    private final Map<String, String> properties;

    private ConnectionSettings(String url, String host, Map<String, String> properties) {
        this.url = url;
        this.host = host;
        this.properties = properties;
    }

    static ConnectionSettings of(String url, Map<String, String> properties) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "the URL is not of the form jdbc:databricks://<host>:443/<schema>;httpPath=<path>");
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        StringBuilder kept = new StringBuilder(parts.group(1));
        String settings = parts.group(3) == null ? "" : parts.group(3);
        for (String setting : settings.split(";")) {
            int equals = setting.indexOf('=');
            String name = (equals < 0 ? setting : setting.substring(0, equals)).strip();
            if (name.isEmpty() || REPLACED.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            requireOnce(all.put(name, equals < 0 ? "" : setting.substring(equals + 1)) == null, name);
            kept.append(';').append(setting);
        }
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        properties.forEach((name, value) -> {
            if (!REPLACED.contains(name.toLowerCase(Locale.ROOT))) {
                requireOnce(all.put(name, value) == null, name);
                given.put(name, value);
            }
        });
        String host = parts.group(2);
        requireSafe(host, all);
        return new ConnectionSettings(kept.toString(), host, given);
    }

    /** What the driver is told, without what logs in. */
    String url() {
        return url;
    }

    /** What logs in, for one connection; to be forgotten at once. */
    Properties login(DatabricksToken token) {
        Properties login = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized String toString() {
                return "[login of a federated connection]";
            }
        };
        properties.forEach(login::setProperty);
        login.setProperty("AuthMech", "11");
        login.setProperty("Auth_Flow", "0");
        login.setProperty("Auth_AccessToken", token.value());
        login.setProperty("EnableTokenFederation", "0");
        return login;
    }

    private static void requireOnce(boolean first, String name) {
        if (!first) {
            throw new IllegalArgumentException(
                    "the setting " + name + " is there twice, in the URL and the properties");
        }
    }

    private static void requireSafe(String host, Map<String, String> settings) {
        for (String name : settings.keySet()) {
            if (CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "the setting " + name + " is another way to log in: remove it, the token is the login");
            }
        }
        if (logsTokens(settings.getOrDefault("LogLevel", "").strip())) {
            throw new IllegalArgumentException(
                    "with LogLevel 5 or 6 the driver writes tokens into its log: set LogLevel to 4 or less");
        }
        boolean loopback = LOOPBACK.matcher(host).matches();
        if (settings.getOrDefault("SSL", "1").strip().equals("0") && !loopback) {
            throw new IllegalArgumentException("SSL=0 would send tokens over http to another machine: remove it");
        }
        if (settings.getOrDefault("AllowSelfSignedCerts", "0").strip().equals("1") && !loopback) {
            throw new IllegalArgumentException(
                    "AllowSelfSignedCerts=1 would send tokens to whoever answers for another machine: remove it");
        }
    }

    private static boolean logsTokens(String level) {
        try {
            return Integer.parseInt(level) >= DEBUG;
        } catch (NumberFormatException e) {
            return LOGGING_TOKENS.contains(level.toLowerCase(Locale.ROOT));
        }
    }

    /** {@return the host} */
    @Override
    public String toString() {
        return host;
    }
}
