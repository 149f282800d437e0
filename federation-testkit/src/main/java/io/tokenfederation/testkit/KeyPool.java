// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * RSA keys for the whole process: making one takes longer than starting a stand-in, so a closed stand-in's keys serve the
 * next. Two stand-ins that are open at the same time never share a key.
 */
final class KeyPool {
    private static final Queue<RSAKey> IDLE = new ConcurrentLinkedQueue<>();

    private KeyPool() {}

    static RSAKey take() {
        RSAKey idle = IDLE.poll();
        if (idle != null) {
            return idle;
        }
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform makes RSA keys", e);
        }
    }

    static void giveBack(RSAKey key) {
        IDLE.add(key);
    }
}
