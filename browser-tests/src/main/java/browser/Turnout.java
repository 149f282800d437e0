// SPDX-License-Identifier: Apache-2.0
package browser;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Leads clients to the proxy of the moment, or straight on if there is none. */
final class Turnout extends ProxySelector {
    static final Turnout INSTANCE = new Turnout();

    private volatile Optional<InetSocketAddress> proxy = Optional.empty();

    private Turnout() {}

    synchronized void lead(InetSocketAddress to) {
        proxy = Optional.of(to);
    }

    synchronized void leadNoMore(InetSocketAddress to) {
        proxy = proxy.filter(other -> !other.equals(to));
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(proxy.map(address -> new Proxy(Proxy.Type.HTTP, address)).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {}
}
