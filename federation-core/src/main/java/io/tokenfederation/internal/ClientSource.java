// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.http.HttpClient;

/** Where a transport has its {@link HttpClient} from. */
interface ClientSource {
    /** {@return the client for one request, not to be shut down before the use is closed} */
    Use use();

    /** Says that there is no further request, but for those of calls that go on. */
    void release();

    /** One request's use of a client; over with the reply's head: a client that is shut down still reads bodies to their end. */
    interface Use extends AutoCloseable {
        /** {@return the client} */
        HttpClient client();

        @Override
        void close();
    }
}
