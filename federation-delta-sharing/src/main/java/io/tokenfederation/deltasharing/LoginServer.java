// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.net.URI;

/**
 * Where the person logs in.
 *
 * @param issuer who the provider says it is
 * @param authorization where the browser goes
 * @param token where the code goes
 * @param namesItself whether every answer it sends through the browser names the issuer (RFC 9207 §3)
 */
record LoginServer(String issuer, URI authorization, URI token, boolean namesItself) {}
