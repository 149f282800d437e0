// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.policy.FederationPolicy;
import java.util.List;

/** Where people log in: the discovery document of a recipient's identity provider, under the recipient's own endpoint. */
final class RecipientDiscovery {
    private final Metastore metastore;
    private final IssuerKeys keys;

    RecipientDiscovery(Metastore metastore, IssuerKeys keys) {
        this.metastore = metastore;
        this.keys = keys;
    }

    /** Needs no token: who logs in has none yet. */
    Reply answer(HttpCall call, String path) {
        String id = call.path().substring(path.length()).split("/", -1)[2];
        List<FederationPolicy> policies = metastore
                .recipientById(id)
                .map(recipient -> recipient.policies().policies())
                .orElse(List.of());
        JsonNode document = policies.stream()
                .findFirst()
                .flatMap(policy -> keys.document(policy.issuer()))
                .orElseThrow(() -> SharingReplies.absent("Recipient '" + id + "'"));
        return Reply.json(200, document);
    }
}
