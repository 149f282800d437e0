// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.RoleResolverBuilder;
import io.tokenfederation.mcp.McpClient;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samples.Settings;

/**
 * All that differs between deployments. Read from variables, whose names docs/web-sample.md lists.
 *
 * @param address where the application listens, and how browsers reach it
 * @param login where people log in
 * @param roles which role they have, and the service principal of each
 * @param databricks where its tokens come from
 * @param tool what is asked of the MCP server
 */
public record WebSettings(Address address, Login login, Roles roles, Databricks databricks, McpTool tool) {
    /** The resolver, and the claim as it was configured. */
    record Roles(RoleResolver resolver, String claim) {}

    /** The workspace, and the source of the backend's own JWTs. */
    record Databricks(URI workspace, IdpTokenSource application) {}

    static final String ROLE_CLAIM = "https://example.com/role";

    /** The identity provider's names, in order of precedence, and the application's. */
    static final Map<String, String> ROLE_MAP = roleMap();

    static final String SQL = "SELECT customer, region, amount FROM sales ORDER BY amount DESC";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads them.
     *
     * @throws Variables.Mistakes if something is missing or wrong: all of it
     */
    public static WebSettings read(Map<String, String> values) {
        Variables variables = new Variables(values);
        Optional<Address> address = Address.read(variables);
        Optional<Login> login = Login.read(variables);
        Settings services = new Settings(values);
        Settings.REQUIRED.forEach(
                name -> variables.required(name, "see the table in docs/real-services.md; it has no default"));
        Optional<Roles> roles = roles(variables);
        Optional<Databricks> databricks = databricks(variables, services);
        Optional<McpTool> tool = McpTool.read(variables);
        variables.requireNoMistake();
        return new WebSettings(
                address.orElseThrow(),
                login.orElseThrow(),
                roles.orElseThrow(),
                databricks.orElseThrow(),
                tool.orElseThrow());
    }

    WebSettings with(StandInPeople people) {
        return new WebSettings(address, login.with(people), roles, databricks, tool);
    }

    private static Optional<Databricks> databricks(Variables variables, Settings services) {
        if (!Settings.REQUIRED.stream().allMatch(variables::has)) {
            return Optional.empty();
        }
        Optional<IdpTokenSource> application = variables.checked(
                "IDP_TOKEN_URL", "give the token endpoint's full URL, with https", services::idpTokenSource);
        Optional<URI> workspace = variables.checked(
                "DB_HOST", "give the workspace's URL, such as https://adb-1.2.azuredatabricks.net", () -> {
                    DatabricksTokenExchanger.builder().workspace(services.workspace());
                    return URI.create(services.workspace());
                });
        return application.flatMap(source -> workspace.map(uri -> new Databricks(uri, source)));
    }

    private static Optional<Roles> roles(Variables variables) {
        RoleResolverBuilder builder = RoleResolver.builder();
        Optional<?> claim = variables.checked(
                "ROLE_CLAIM",
                "give a claim's name, or a path as a JSON array such as [\"realm_access\", \"roles\"]",
                () -> claim(builder, variables.or("ROLE_CLAIM", ROLE_CLAIM)));
        Optional<Map<String, String>> map = variables.checked(
                "ROLE_MAP",
                "give a JSON object from the provider's role to the application's, such as {\"sales-west\": \"west_sales\"}",
                () -> variables.optional("ROLE_MAP").map(WebSettings::texts).orElse(ROLE_MAP));
        if (claim.isEmpty() || map.isEmpty() || !variables.has("ROLE_SP_MAP")) {
            return Optional.empty();
        }
        return variables.checked(
                "ROLE_SP_MAP",
                "give each role of ROLE_MAP the application id of its own service principal, as a JSON object",
                () -> {
                    map.get().forEach(builder::role);
                    variables.optional("M2M_CLIENT_ID").ifPresent(builder::notTheClient);
                    RoleResolver resolver = builder.servicePrincipals(variables.or("ROLE_SP_MAP", ""))
                            .build();
                    return new Roles(resolver, variables.or("ROLE_CLAIM", ROLE_CLAIM));
                });
    }

    /** A name is literal, dots and slashes and all; a path is a JSON array of names. */
    private static RoleResolverBuilder claim(RoleResolverBuilder builder, String text) {
        if (!text.startsWith("[")) {
            return builder.claim(text);
        }
        List<String> path = parse(text, new TypeReference<>() {});
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the path is empty");
        }
        return builder.claimPath(path.get(0), path.subList(1, path.size()).toArray(String[]::new));
    }

    private static Map<String, String> texts(String json) {
        Map<String, String> map = parse(json, new TypeReference<LinkedHashMap<String, String>>() {});
        if (map.isEmpty() || map.containsValue(null)) {
            throw new IllegalArgumentException("it is empty, or a value is");
        }
        return map;
    }

    static <T> T parse(String json, TypeReference<T> type) {
        try {
            T value = JSON.readValue(json, type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the text.
        }
        throw new IllegalArgumentException("it is no such JSON");
    }

    /** An https URL, or one to this machine; said by the client that will use such addresses. */
    static URI secure(String url) {
        try {
            URI uri = URI.create(url);
            McpClient.builder(uri);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it must be an https URL, or an http one to this machine");
        }
    }

    private static Map<String, String> roleMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("executives", "executive");
        map.put("sales-west", "west_sales");
        map.put("sales-east", "east_sales");
        map.put("finance", "finance");
        map.put("admin", "admin");
        return map;
    }
}
