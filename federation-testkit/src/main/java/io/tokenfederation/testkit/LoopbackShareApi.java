// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.ServicePrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The REST API by which a provider keeps recipients and grants them shares: how it fails, how often it was asked, and what
 * there is.
 *
 * <pre>{@code
 * databricks.shareApi().share("sales", provider).allow(provider, MetastorePrivilege.CREATE_RECIPIENT);
 * databricks.shareApi().writes().failNext(1, Fault.lostAnswer());
 * }</pre>
 *
 * <p>Metastore admins may do everything; others what they own or are allowed to. The policies of recipients are
 * {@link LoopbackDatabricks#policyApi}'s. Thread-safe.
 */
public final class LoopbackShareApi {
    private final Account account;
    private final RecipientApi recipients;
    private final Faults reads = new Faults(DatabricksReplies::rateLimited);
    private final Faults writes = new Faults(DatabricksReplies::rateLimited);
    private final List<LongAdder> writeRequests = new ArrayList<>();

    LoopbackShareApi(LoopbackHttp http, PolicyDesk desk, Account account) {
        this.account = account;
        recipients = new RecipientApi(desk, account.metastore());
        SharePermissionApi permissions = new SharePermissionApi(desk, account.metastore());
        String path = "/api/2.1/unity-catalog/recipients";
        String ofShare = "/api/2.1/unity-catalog/shares/{}/permissions";
        writeRequests.add(http.on("POST", path, writes, recipients::create));
        http.on("GET", path + "/{}", reads, recipients::get);
        writeRequests.add(http.on("PATCH", path + "/{}", writes, recipients::update));
        writeRequests.add(http.on("DELETE", path + "/{}", writes, recipients::delete));
        http.on("GET", ofShare, reads, permissions::get);
        writeRequests.add(http.on("PATCH", ofShare, writes, permissions::update));
    }

    /**
     * Creates a share without tables; of one that is there, changes the owner.
     *
     * @param name its name
     * @param owner a service principal of this account
     * @return this
     */
    public LoopbackShareApi share(String name, ServicePrincipal owner) {
        account.requireKnown(owner.toString());
        account.metastore().addShare(requireNonNull(name, "name")).ownedBy(owner.toString());
        return this;
    }

    /**
     * Allows a service principal something on the metastore.
     *
     * @param principal a service principal of this account
     * @param privilege what
     * @return this
     */
    public LoopbackShareApi allow(ServicePrincipal principal, MetastorePrivilege privilege) {
        account.requireKnown(principal.toString());
        account.metastore().allow(principal.toString(), requireNonNull(privilege, "privilege"));
        return this;
    }

    /**
     * What is said of a recipient that is not there to those who could not see it either: what a real metastore says is not
     * on record, and a client must get along with both.
     *
     * @param hidden whether they are told that they may not look; otherwise, from the start, that it does not exist
     * @return this
     */
    public LoopbackShareApi hidesAbsentRecipients(boolean hidden) {
        recipients.setHidesAbsent(hidden);
        return this;
    }

    /** {@return the faults of requests that read} */
    public Faults reads() {
        return reads;
    }

    /** {@return the faults of requests that create, change or delete} */
    public Faults writes() {
        return writes;
    }

    /** {@return how many requests were to create, change or delete, failed ones included} */
    public long writeRequests() {
        return writeRequests.stream().mapToLong(LongAdder::sum).sum();
    }
}
