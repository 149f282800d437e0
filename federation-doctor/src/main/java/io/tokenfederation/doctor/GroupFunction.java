// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/** What a row filter asks to know whether somebody is in a group. The two know different groups. */
public enum GroupFunction {
    /** {@code is_member('group')}: knows the groups of the workspace. */
    IS_MEMBER,
    /** {@code is_account_group_member('group')}: knows the groups of the account. */
    IS_ACCOUNT_GROUP_MEMBER
}
