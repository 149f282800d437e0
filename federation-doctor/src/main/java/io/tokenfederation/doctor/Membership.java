// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/**
 * What the two SQL functions say of one group, asked with a service principal's token.
 *
 * @param group the group's name
 * @param isMember what {@code is_member} says, which knows the groups of the workspace
 * @param isAccountGroupMember what {@code is_account_group_member} says, which knows the groups of the account
 */
record Membership(String group, boolean isMember, boolean isAccountGroupMember) {}
