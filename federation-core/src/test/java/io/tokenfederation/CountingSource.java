// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import example.app.Jwts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider that counts the JWTs it issues; they live by the test's clock. */
final class CountingSource implements IdpTokenSource {
    private final AtomicInteger minted = new AtomicInteger();
    private final FakeClocks time;
    private volatile IdpTokenSource next;

    CountingSource(FakeClocks time, Duration life) {
        this.time = time;
        this.next = () -> issue(life);
    }

    void then(IdpTokenSource next) {
        this.next = next;
    }

    IdpToken issue(Duration life) {
        return IdpToken.parse(Jwts.endingAt(time.wall().plus(life)));
    }

    @Override
    public IdpToken mint() throws IOException {
        minted.incrementAndGet();
        return next.mint();
    }

    int count() {
        return minted.get();
    }
}
