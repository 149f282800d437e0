// SPDX-License-Identifier: Apache-2.0
package systemtests;

import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.testkit.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that answers whoever comes, and counts them: nothing of ours is to go there. */
final class OtherHost implements AutoCloseable {
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    OtherHost() throws IOException {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    /** Sends whoever is answered with it here. */
    Fault redirect(int status) {
        return Fault.status(status).header("Location", uri().toString());
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
