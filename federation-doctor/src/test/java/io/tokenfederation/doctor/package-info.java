// SPDX-License-Identifier: Apache-2.0
/** The doctor's own tests: the catalogue, each row provoked, and the page that is made from it. */
@NullMarked
package io.tokenfederation.doctor;

import org.jspecify.annotations.NullMarked;
