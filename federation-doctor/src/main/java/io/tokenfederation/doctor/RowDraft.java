// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.doctor.CatalogueRow.Basis;
import io.tokenfederation.doctor.CatalogueRow.Detection;
import io.tokenfederation.doctor.CatalogueRow.Means;
import io.tokenfederation.doctor.CatalogueRow.Place;
import io.tokenfederation.doctor.CatalogueRow.Remedy;
import io.tokenfederation.doctor.CatalogueRow.Symptom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A row of the catalogue as it is written down: from what is seen to what is done. Used while classes load. */
final class RowDraft {
    private final String id;
    private final Symptom symptom;
    private String cause = "";
    private String how = "";
    private final Set<Means> means = EnumSet.noneOf(Means.class);
    private final List<String> codes = new ArrayList<>();
    private final Set<MismatchCause> mismatches = EnumSet.noneOf(MismatchCause.class);
    private Basis basis = Basis.RECORDED;
    private String fix = "";
    private String example = "";

    private RowDraft(String id, Symptom symptom) {
        this.id = id;
        this.symptom = symptom;
    }

    static RowDraft row(String id, Place place, String seen) {
        return new RowDraft(id, new Symptom(place, seen));
    }

    RowDraft because(String text) {
        cause = text;
        return this;
    }

    RowDraft found(String text, Means... by) {
        how = text;
        means.addAll(List.of(by));
        return this;
    }

    RowDraft code(ErrorCode code) {
        return code(code.name());
    }

    RowDraft code(DoctorCode code) {
        return code(code.name());
    }

    /** A code of a module that keeps its codes to itself. */
    RowDraft code(String code) {
        codes.add(code);
        return this;
    }

    RowDraft mismatch(MismatchCause... causes) {
        mismatches.addAll(List.of(causes));
        return this;
    }

    /** No reply of this kind was recorded. */
    RowDraft inferred() {
        basis = Basis.INFERRED;
        return this;
    }

    RowDraft fix(String text) {
        fix = text;
        return this;
    }

    RowDraft example(String text) {
        example = text;
        return this;
    }

    CatalogueRow seeAlso(String... ids) {
        return new CatalogueRow(
                id,
                symptom,
                cause,
                new Detection(means, how, codes, mismatches, basis),
                new Remedy(fix, example, List.of(ids)));
    }

    CatalogueRow end() {
        return seeAlso();
    }
}
