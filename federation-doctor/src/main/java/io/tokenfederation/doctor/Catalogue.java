// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * The mistakes people make with token federation, each with the code it gets, its cause and its fix; the page
 * docs/troubleshooting.md is made from it.
 *
 * <pre>{@code
 * catch (FederationException e) {
 *     Catalogue.forCode(e.code()).forEach(row -> log.warn("{}: {}", row.id(), row.cause()));
 * }
 * }</pre>
 *
 * <p>S rows are the classics, G rows are Databricks' side, A Auth0, O Okta, E Microsoft Entra ID, W runtimes and other
 * issuers. Ids and codes are stable; texts get better. Immutable.
 */
public final class Catalogue {
    private static final List<CatalogueRow> ROWS = Stream.of(
                    ClassicRows.ROWS,
                    DatabricksRows.ROWS,
                    SettingRows.ROWS,
                    BrowserRows.ROWS,
                    Auth0Rows.ROWS,
                    OktaRows.ROWS,
                    EntraRows.ROWS,
                    RuntimeRows.ROWS,
                    IssuerRows.ROWS)
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}

    /** {@return all rows, by areas and numbers} */
    public static List<CatalogueRow> rows() {
        return ROWS;
    }

    /**
     * Returns one row.
     *
     * @param id its id, such as {@code G9}
     * @return the row
     * @throws IllegalArgumentException if there is none
     */
    public static CatalogueRow row(String id) {
        return ROWS.stream()
                .filter(row -> row.id().equals(requireNonNull(id, "id")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the catalogue has no row '" + id + "'"));
    }

    /**
     * Returns what a failure can come from.
     *
     * @param code what an exception's {@code code()} or a finding of the doctor's says
     * @return the rows with this code, most of them one; empty if it is no mistake, such as a server that is down
     */
    public static List<CatalogueRow> forCode(String code) {
        requireNonNull(code, "code");
        return ROWS.stream()
                .filter(row -> row.detection().codes().contains(code))
                .toList();
    }
}
