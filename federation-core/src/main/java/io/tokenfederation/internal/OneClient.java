// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Always the same client, which nobody here shuts down. */
record OneClient(HttpClient client) implements ClientSource, ClientSource.Use {
    /**
     * One client for all who have none of their own and never say that they are done: connections are shared, and its
     * threads end when nobody holds it any longer, which is why it is held weakly here. By connect timeout, of which there
     * are few.
     */
    private static final ConcurrentHashMap<Duration, WeakReference<HttpClient>> SHARED = new ConcurrentHashMap<>();

    static OneClient shared(Duration connectTimeout) {
        WeakReference<HttpClient> known = SHARED.get(connectTimeout);
        HttpClient client = known == null ? null : known.get();
        if (client == null) {
            client = build(connectTimeout);
            // Two threads may each make one; both work, and one of them will be shared.
            SHARED.put(connectTimeout, new WeakReference<>(client));
        }
        return new OneClient(client);
    }

    static HttpClient build(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Use use() {
        return this;
    }

    @Override
    public void release() {}

    @Override
    public void close() {}
}
