// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.FederationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** All that a log could show of a failure. */
final class Canaries {
    private Canaries() {}

    static List<String> messagesOf(FederationException failure) {
        List<String> texts = new ArrayList<>();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        texts.add(trace.toString());
        for (Throwable link = failure; link != null; link = link.getCause()) {
            texts.add(link.toString());
            if (link instanceof FederationException known) {
                texts.add(known.fix());
                texts.add(known.problem().toString());
                known.oauthError().ifPresent(texts::add);
                known.requestId().ifPresent(texts::add);
                known.problem().serverSaid().ifPresent(texts::add);
            }
        }
        return texts;
    }
}
