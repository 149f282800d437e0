// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** Who may use SQL warehouses: the permission CAN USE. */
final class Warehouses {
    private final Account account;

    Warehouses(Account account) {
        this.account = account;
    }

    void requireUse(Account.Principal principal, String warehouseId) {
        if (account.isWarehouseDenied(principal)) {
            throw DatabricksReplies.permissionDenied(
                    "You do not have permission to use the SQL Warehouse " + warehouseId);
        }
    }
}
