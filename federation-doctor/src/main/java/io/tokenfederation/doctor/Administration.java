// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.PolicyOwner;

/** The policies of an account, for who may look at them. */
final class Administration {
    private Administration() {}

    /** {@return the policies of the account, from which those of a service principal are had by withOwner} */
    static FederationPolicies policies(FederationDoctorBuilder.Account account, DatabricksTokenSource tokens) {
        return FederationPolicies.builder()
                .account(account.host().toString(), account.id())
                .owner(PolicyOwner.account())
                .tokens(tokens)
                .build();
    }
}
