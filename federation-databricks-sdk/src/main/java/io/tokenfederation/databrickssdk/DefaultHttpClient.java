// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.databrickssdk;

import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.commons.CommonsHttpClient;
import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client that the SDK would make for itself. It is made at the first request, because the configuration learns its
 * timeout from a profile only when a client is built on it.
 */
final class DefaultHttpClient implements HttpClient {
    private final DatabricksConfig config;
    private final Lock making = new ReentrantLock();
    private volatile @Nullable HttpClient made;

    DefaultHttpClient(DatabricksConfig config) {
        this.config = config;
    }

    @Override
    public Response execute(Request in) throws IOException {
        HttpClient client = made;
        return (client != null ? client : make()).execute(in);
    }

    private HttpClient make() {
        making.lock();
        try {
            HttpClient client = made;
            if (client == null) {
                client = new CommonsHttpClient.Builder()
                        .withDatabricksConfig(config)
                        .build();
                made = client;
            }
            return client;
        } finally {
            making.unlock();
        }
    }
}
