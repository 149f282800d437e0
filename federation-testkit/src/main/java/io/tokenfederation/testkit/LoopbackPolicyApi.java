// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.ServicePrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The REST API by which federation policies are kept, and the directory of service principals: how it fails, how often it
 * was asked, and what there is besides service principals.
 *
 * <pre>{@code
 * databricks.policyApi().writes().failNext(1, Fault.lostAnswer());
 * }</pre>
 *
 * <p>Policies of service principals and of the account are for {@linkplain LoopbackDatabricks#accountAdmin account admins},
 * those of recipients for metastore admins and the recipient's owner. An issuer must be on this machine and up when a policy is written, unless the
 * policy has keys of its own: this stand-in asks nobody else. Thread-safe.
 */
public final class LoopbackPolicyApi {
    private final Account account;
    private final PolicyDesk desk;
    private final Faults reads = new Faults(DatabricksReplies::rateLimited);
    private final Faults writes = new Faults(DatabricksReplies::rateLimited);
    private final List<LongAdder> readRequests = new ArrayList<>();
    private final List<LongAdder> writeRequests = new ArrayList<>();

    LoopbackPolicyApi(LoopbackHttp http, PolicyDesk desk, Account account) {
        this.account = account;
        this.desk = desk;
        AccountPolicyApi ofAccount = new AccountPolicyApi(desk, account);
        RecipientPolicyApi ofRecipients = new RecipientPolicyApi(desk, account);
        String accountPath = "/api/2.0/accounts/" + account.id();
        for (String path : List.of(
                accountPath + "/servicePrincipals/{}/federationPolicies", accountPath + "/federationPolicies")) {
            read(http, path, ofAccount::list);
            write(http, "POST", path, ofAccount::create);
            read(http, path + "/{}", ofAccount::get);
            write(http, "PATCH", path + "/{}", ofAccount::update);
            write(http, "DELETE", path + "/{}", ofAccount::delete);
        }
        String recipients = "/api/2.0/data-sharing/recipients/{}/federation-policies";
        read(http, recipients, ofRecipients::list);
        write(http, "POST", recipients, ofRecipients::create);
        read(http, recipients + "/{}", ofRecipients::get);
        write(http, "DELETE", recipients + "/{}", ofRecipients::delete);
        read(http, accountPath + "/scim/v2/ServicePrincipals", new AccountScim(desk, account)::servicePrincipals);
    }

    /** {@return the faults of requests that read} */
    public Faults reads() {
        return reads;
    }

    /** {@return the faults of requests that create, change or delete} */
    public Faults writes() {
        return writes;
    }

    /** {@return how many requests read, failed ones included; the look-up of a service principal is one} */
    public long readRequests() {
        return readRequests.stream().mapToLong(LongAdder::sum).sum();
    }

    /** {@return how many requests were to create, change or delete, failed ones included} */
    public long writeRequests() {
        return writeRequests.stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Makes a service principal a metastore admin, who may keep recipients.
     *
     * @param principal a service principal of this account
     */
    public void metastoreAdmin(ServicePrincipal principal) {
        account.makeMetastoreAdmin(principal.toString());
    }

    /**
     * Creates a Delta Sharing recipient of authentication type OIDC_FEDERATION.
     *
     * @param name its name
     */
    public void recipient(String name) {
        account.metastore()
                .addRecipient(new Recipient(requireNonNull(name, "name"), Recipient.Authentication.OIDC_FEDERATION));
    }

    /**
     * What the repetition of a creation gets. Creating the same policy again is no error in a real account and leaves one
     * policy; that was measured by others, and with which ids is not on record. A client that counts on nothing gets along
     * with both.
     *
     * @param repeatsAreErrors whether a taken id is an error even for the same policy, and the same policy under another id
     *     a second one; false from the start
     */
    public void repeatsAreErrors(boolean repeatsAreErrors) {
        desk.setRepeatsAreErrors(repeatsAreErrors);
    }

    private void read(LoopbackHttp http, String path, LoopbackHttp.Handler handler) {
        readRequests.add(http.on("GET", path, reads, handler));
    }

    private void write(LoopbackHttp http, String method, String path, LoopbackHttp.Handler handler) {
        writeRequests.add(http.on(method, path, writes, handler));
    }
}
