// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;

/** A file is there and can be read, but holds nothing that could be used; the message goes on after the file's name. */
public final class UnusableFileException extends IOException {
    private final boolean changing;

    UnusableFileException(String what, boolean changing) {
        super(what);
        this.changing = changing;
    }

    /** {@return whether it changed each time it was read; otherwise it is too large} */
    public boolean changing() {
        return changing;
    }
}
