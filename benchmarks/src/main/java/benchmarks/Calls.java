// SPDX-License-Identifier: Apache-2.0
package benchmarks;

/** How often the outside was asked, in vain or not. */
record Calls(long idp, long exchanges) {
    Calls since(Calls before) {
        return new Calls(idp - before.idp, exchanges - before.exchanges);
    }

    long total() {
        return idp + exchanges;
    }

    @Override
    public String toString() {
        return exchanges == 0 ? Long.toString(idp) : total() + " (" + idp + " IdP, " + exchanges + " exchange)";
    }
}
