// SPDX-License-Identifier: Apache-2.0
/** Federation policies: the model, and the comparison with a real JWT. */
@NullMarked
package io.tokenfederation.policy;

import org.jspecify.annotations.NullMarked;
