// SPDX-License-Identifier: Apache-2.0
package samples.web;

import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.Person;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import samples.StandIns;

/**
 * The other four components on this machine, and the variables that point the application at them: to the application they
 * are a configuration like any other.
 */
public final class WebStandIns implements AutoCloseable {
    /** Everybody's. */
    public static final String PASSWORD = "correct horse";

    /** The application in the browser, as the identity provider knows it. */
    public static final String CLIENT_ID = "sales-portal-browser";

    /** The backend's API: {@code aud} of the people's access tokens. */
    public static final String AUDIENCE = "sales-portal";

    /** The claim of the people's roles. */
    public static final String ROLE_CLAIM = WebSettings.ROLE_CLAIM;

    /** What else may be set in the environment, such as another DB_HOST, is not meant for the stand-ins. */
    private static final Pattern CHANGEABLE = Pattern.compile("(LOGIN|WEB)_[A-Z_]+|ROLE_CLAIM|ROLE_MAP");

    private static final String EMAIL_CLAIM = "https://example.com/email";

    private final StandIns world = StandIns.start();

    private WebStandIns() {
        sessionsOf(Duration.ofMinutes(15));
        Auth0Rules.of(idp()).roleClaim(ROLE_CLAIM);
        world.people()
                .forEach(person -> idp().person(Person.of(person.email(), PASSWORD)
                        .name(person.name())
                        .email(person.email())
                        .claim(EMAIL_CLAIM, person.email())
                        .roles(person.idpRole())));
    }

    /** Starts them. */
    public static WebStandIns start() {
        HttpLimits.set();
        return new WebStandIns();
    }

    /** Where people log in, and where the backend's own JWTs come from. */
    public LoopbackIdp idp() {
        return world.idp();
    }

    public LoopbackDatabricks databricks() {
        return world.databricks();
    }

    public LoopbackMcpServer mcp() {
        return world.mcp();
    }

    /** How long the tokens live that people get from now on. */
    public void sessionsOf(Duration life) {
        idp().api(AUDIENCE, SigningAlgorithm.RS256, life);
    }

    /** Whom a person of the quickstart may be here. */
    StandInPeople people() {
        return new StandInPeople(
                PASSWORD,
                world.people().stream()
                        .map(person -> new StandInPeople.Known(person.name(), person.email(), person.idpRole()))
                        .toList());
    }

    /** The variables of login, Databricks and MCP server. */
    public Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("LOGIN_ISSUER", idp().issuer());
        variables.put("LOGIN_CLIENT_ID", CLIENT_ID);
        variables.put("LOGIN_AUDIENCE", AUDIENCE);
        variables.put("LOGIN_EMAIL_CLAIM", EMAIL_CLAIM);
        variables.put("IDP_TOKEN_URL", idp().tokenEndpoint().toString());
        variables.put("M2M_CLIENT_ID", StandIns.CLIENT);
        variables.put("M2M_CLIENT_SECRET", StandIns.SECRET);
        variables.put("DB_HOST", world.workspace());
        variables.put("ROLE_SP_MAP", world.roleToServicePrincipal());
        variables.put("MCP_URL", world.mcpUrl().toString());
        // The tool queries the warehouse as whoever asks, so it needs the token.
        variables.put("MCP_FORWARD_TOKEN", "true");
        return variables;
    }

    /**
     * Starts the application on these stand-ins, on any free port, and registers it at the identity provider.
     *
     * @param changes variables that differ: with those of a login, people log in elsewhere
     * @param log gets a line per request
     * @return the application, to be closed
     */
    public WebApplication open(Map<String, String> changes, Consumer<String> log) {
        Map<String, String> variables = new HashMap<>(variables());
        variables.put("WEB_PORT", "0");
        boolean elsewhere = new Variables(changes).has("LOGIN_ISSUER");
        if (elsewhere) {
            variables.keySet().removeIf(name -> name.startsWith("LOGIN_"));
        }
        changes.forEach((name, value) -> {
            if (CHANGEABLE.matcher(name).matches()) {
                variables.put(name, value);
            }
        });
        WebSettings settings = WebSettings.read(variables);
        WebApplication application = WebApplication.start(elsewhere ? settings : settings.with(people()), log);
        admit(application);
        return application;
    }

    private void admit(WebApplication application) {
        URI home = application.uri().resolve("/");
        idp().browserApplication(CLIENT_ID, application.redirectUri().toString())
                .grant(CLIENT_ID, AUDIENCE);
        idp().login().logoutUris(CLIENT_ID, home.toString());
    }

    @Override
    public void close() {
        world.close();
    }
}
