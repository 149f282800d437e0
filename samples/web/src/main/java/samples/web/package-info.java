// SPDX-License-Identifier: Apache-2.0
/** A web application that acts as the right service principal for whoever is logged in, and shows how. */
@NullMarked
package samples.web;

import org.jspecify.annotations.NullMarked;
