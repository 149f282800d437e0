// SPDX-License-Identifier: Apache-2.0
package mcptests;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.SigningKey;
import io.tokenfederation.mcp.Elicitation;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.IdentityAssertion;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import io.tokenfederation.mcp.Prompt;
import io.tokenfederation.mcp.Resource;
import io.tokenfederation.mcp.SamplingAnswer;
import io.tokenfederation.mcp.Tool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What the conformance suite runs, once per scenario: an application that uses whatever the server offers. The suite gives the
 * server's address as the last argument, and says in environment variables which scenario it plays, with what, and on which
 * version of the protocol.
 */
final class ConformanceClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SKILLS = "sep-2640-client-";

    /** Which the servers of these scenarios say they speak, whatever version is played. */
    private static final String SKILLS_VERSION = "2026-07-28";

    /** The scenarios that are about a refusal, each with words of ours: the suite takes any failure for a refusal. */
    private static final Map<String, String> REFUSALS = Map.of(
            "auth/resource-mismatch",
            "MCP_AUTH_RESOURCE_MISMATCH",
            "auth/metadata-issuer-mismatch",
            "MCP_AUTH_ISSUER_MISMATCH",
            SKILLS + "verify-digest",
            "has not the digest listed",
            SKILLS + "verify-size",
            "is not of the size listed",
            SKILLS + "verify-frontmatter",
            "the front matter's description is not the one listed");

    private final String scenario;
    private final JsonNode context;
    private final McpClient mcp;

    private ConformanceClient(String scenario, JsonNode context, McpClientBuilder builder) {
        this.scenario = scenario;
        this.context = context;
        this.mcp = builder.elicitation(this::fillIn)
                .sampling(request -> new SamplingAnswer("no-model", "Nothing to say.", "endTurn"))
                .roots(List::of)
                .extension(SkillHost.EXTENSION, Map.of())
                .build();
    }

    /**
     * Plays one scenario.
     *
     * @param arguments the last is the server's address
     * @throws Exception if anything goes wrong, which the suite sees by the exit code
     */
    public static void main(String[] arguments) throws Exception {
        String scenario = System.getenv("MCP_CONFORMANCE_SCENARIO");
        String context = System.getenv().getOrDefault("MCP_CONFORMANCE_CONTEXT", "{}");
        JsonNode told = JSON.readTree(context);
        McpClientBuilder builder = McpClient.builder(arguments[arguments.length - 1]);
        ConformanceClient client = new ConformanceClient(scenario, told, withTokens(builder, scenario, told));
        try (McpClient closed = client.mcp) {
            String refusal = REFUSALS.get(scenario);
            if (refusal != null) {
                client.refuse(refusal);
            } else {
                client.play();
                String played = System.getenv("MCP_CONFORMANCE_PROTOCOL_VERSION");
                requireVersion(closed, scenario.startsWith(SKILLS) ? SKILLS_VERSION : played);
            }
        }
        System.out.println(ConformanceSuite.AS_EXPECTED);
    }

    /** The servers of scenarios that are not about authorization look at no token. */
    private static McpClientBuilder withTokens(McpClientBuilder builder, String scenario, JsonNode context) {
        return scenario.startsWith("auth/")
                ? builder.authorization(authorization(scenario, context))
                : builder.tokens(anyToken());
    }

    private static McpAuthorization authorization(String scenario, JsonNode context) {
        String id = context.path("client_id").asText("an-application");
        String secret = context.path("client_secret").asText("its-secret");
        return switch (scenario) {
            case "auth/pre-registration" ->
                McpAuthorization.clientCredentials(id, secret)
                        .issuer(context.path("issuer").asText());
            case "auth/client-credentials-jwt" ->
                McpAuthorization.clientCredentials(
                        id,
                        SigningKey.fromPem(context.path("private_key_pem").asText())
                                .algorithm(context.path("signing_algorithm").asText()));
            case "auth/wif-jwt-bearer" ->
                McpAuthorization.workloadIdentity(
                        id, () -> IdpToken.parse(context.path("valid_jwt").asText()));
            case "auth/enterprise-managed-authorization" ->
                McpAuthorization.enterpriseManaged(id, secret, person(context));
            // Also where a person is to log in: of that, the suite sees what needs nobody.
            default -> McpAuthorization.clientCredentials(id, secret);
        };
    }

    private static IdentityAssertion person(JsonNode context) {
        return IdentityAssertion.of(
                context.path("idp_token_endpoint").asText(),
                context.path("idp_client_id").asText(),
                () -> context.path("idp_id_token").asText());
    }

    private static DatabricksTokenSource anyToken() {
        DatabricksToken token =
                DatabricksToken.of("nobody-checks-this", Instant.now().plus(1, ChronoUnit.HOURS));
        return () -> token;
    }

    private void refuse(String reason) throws Exception {
        try {
            play();
        } catch (RuntimeException e) {
            if (e.toString().contains(reason)) {
                return;
            }
            throw e;
        }
        throw new IllegalStateException("nothing was refused");
    }

    private void play() throws Exception {
        if (scenario.startsWith(SKILLS)) {
            takeSkills();
            return;
        }
        List<Tool> tools = mcp.listTools();
        switch (scenario) {
            case "http-custom-headers" -> callAsTold();
            case "json-schema-2020-12-preservation" -> returnSchema(tools);
            case "tools_call" -> add();
            case "json-schema-ref-no-deref" -> require(!tools.isEmpty(), "there is a tool to look at");
            default -> callAll(tools);
        }
        if (scenario.equals("http-standard-headers")) {
            readAll();
        }
    }

    /** One list says nothing of when a skill is wanted; the others are about skills that somebody wants. */
    private void takeSkills() {
        SkillHost host = new SkillHost(mcp);
        List<SkillHost.Skill> skills = host.list();
        require(!skills.isEmpty(), "there is a skill to look at");
        if (!scenario.equals(SKILLS + "no-prefetch")) {
            skills.forEach(host::load);
        }
    }

    private void add() {
        String said = mcp.callTool("add_numbers", Map.of("a", 5, "b", 3)).text();
        require(said.endsWith(" 8"), "the sum of 5 and 3: " + said);
    }

    private void callAll(List<Tool> tools) {
        for (Tool tool : tools) {
            require(!mcp.callTool(tool.name(), Map.of()).isError(), tool.name() + " failed");
        }
    }

    private void callAsTold() {
        for (JsonNode call : context.path("toolCalls")) {
            Map<String, ?> arguments =
                    JSON.convertValue(call.path("arguments"), new TypeReference<Map<String, Object>>() {});
            require(!mcp.callTool(call.path("name").asText(), arguments).isError(), call.path("name") + " failed");
        }
    }

    private void returnSchema(List<Tool> tools) throws Exception {
        JsonNode schema = JSON.readTree(tools.get(0).inputSchema());
        mcp.callTool("json_schema_echo", Map.of("schema", schema));
    }

    private void readAll() {
        for (Resource resource : mcp.resources().toList()) {
            mcp.readResource(resource.uri());
        }
        for (Prompt prompt : mcp.prompts().toList()) {
            mcp.getPrompt(prompt.name(), Map.of());
        }
    }

    private ElicitationAnswer fillIn(Elicitation question) {
        if (scenario.equals("sep-2322-client-request-state")) {
            // A call beside one that waits for its answer must carry nothing of it.
            mcp.callTool("test_mrtr_unrelated", Map.of());
            return ElicitationAnswer.accept(Map.of("confirmed", true));
        }
        return ElicitationAnswer.accept(question.defaults());
    }

    /** A scenario says nothing about a version the client has not spoken. */
    private static void requireVersion(McpClient mcp, String version) {
        String spoken = mcp.server().protocolVersion();
        require(spoken.equals(version), "the client spoke " + spoken + " with a server of " + version);
    }

    private static void require(boolean truth, String otherwise) {
        if (!truth) {
            throw new IllegalStateException(otherwise);
        }
    }
}
