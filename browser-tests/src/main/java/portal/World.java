// SPDX-License-Identifier: Apache-2.0
package portal;

import browser.NetworkLog;
import browser.RecordingProxy;
import io.tokenfederation.testkit.LoopbackIdp;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import samples.web.WebApplication;
import samples.web.WebStandIns;

/** The web sample and the four components around it in this JVM, and all that goes over the wire behind the backend. */
public final class World implements AutoCloseable {
    private final RecordingProxy wire = RecordingProxy.start();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final WebStandIns standIns;
    private final WebApplication application;
    private final List<WebApplication> others = new ArrayList<>();

    /** Starts all of it, on stand-ins alone. */
    public World() {
        this(Map.of());
    }

    /**
     * Starts it.
     *
     * @param changes variables of the sample that differ; with those of a login, people log in elsewhere
     */
    public World(Map<String, String> changes) {
        // The backend's clients, and the MCP server's.
        wire.tapThisJvm();
        standIns = WebStandIns.start();
        application = standIns.open(changes, log::add);
    }

    /** Starts the application once more, configured otherwise; {@return its address, without a slash at its end} */
    public String openAnother(Map<String, String> changes) {
        WebApplication other = standIns.open(changes, log::add);
        others.add(other);
        return NetworkLog.origin(other.uri());
    }

    public WebStandIns standIns() {
        return standIns;
    }

    public LoopbackIdp idp() {
        return standIns.idp();
    }

    /** {@return the application's address, without a slash at its end} */
    public String origin() {
        return NetworkLog.origin(application.uri());
    }

    public String idpOrigin() {
        return NetworkLog.origin(idp().tokenEndpoint());
    }

    public String databricksOrigin() {
        return NetworkLog.origin(standIns.databricks().workspaceUrl());
    }

    public String mcpOrigin() {
        return NetworkLog.origin(standIns.mcp().uri());
    }

    public URI api() {
        return application.uri().resolve("/api/query");
    }

    public URI redirectUri() {
        return application.redirectUri();
    }

    /** {@return where the identity provider sends people back to when they have logged out} */
    public URI home() {
        return application.uri().resolve("/");
    }

    /** {@return what the backend and the MCP server have sent and got} */
    public NetworkLog wire() {
        return wire.log();
    }

    /** {@return the application's own log} */
    public List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        others.forEach(WebApplication::close);
        application.close();
        standIns.close();
        wire.close();
    }
}
