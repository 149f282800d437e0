// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the program reads and writes.
 *
 * @param in what is piped into it
 * @param out its results
 * @param err what is said beside them
 * @param interactive whether a person sits at both ends
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {}
