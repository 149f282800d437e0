// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.SqlEngine;
import io.tokenfederation.testkit.SqlFailure;
import io.tokenfederation.testkit.SqlRows;
import io.tokenfederation.testkit.SqlStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A SQL warehouse with row filters: an embedded H2 in which each service principal is a database user, and may read one
 * view only, filtered by current_user() and is_member() as Unity Catalog filters rows. Public because H2 calls into it.
 */
public final class SalesWarehouse implements SqlEngine, AutoCloseable {
    static final String ROW_FILTER = "all rows to executives, a region's to sales-<region>, booked ones to finance,"
            + " open ones to admins; and its own customers' to an account manager";

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE members(principal VARCHAR, group_name VARCHAR)",
            "CREATE VIEW my_groups AS SELECT group_name FROM members WHERE principal = CURRENT_USER()",
            "CREATE ALIAS is_member FOR 'samples.SalesWarehouse.isMember'",
            "CREATE TABLE all_sales(customer VARCHAR, region VARCHAR, amount DECIMAL(12, 2), booked BOOLEAN, manager VARCHAR)",
            "INSERT INTO all_sales VALUES ('Aspen Outfitters', 'west', 18250.50, TRUE, NULL),"
                    + " ('Bay Bikes', 'west', 9120.00, TRUE, NULL), ('Cascade Coffee', 'west', 4300.75, FALSE, NULL),"
                    + " ('Dover Docks', 'east', 22110.00, TRUE, NULL), ('Elm Street Books', 'east', 1875.25, FALSE, NULL),"
                    + " ('Fargo Farms', 'central', 12999.99, TRUE, NULL)",
            "CREATE VIEW sales AS SELECT customer, region, amount FROM all_sales WHERE is_member('executives')"
                    + " OR is_member('sales-' || region) OR (booked AND is_member('finance'))"
                    + " OR (NOT booked AND is_member('admins'))"
                    + " OR manager = LOWER(CURRENT_USER())");

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Connection owner;

    SalesWarehouse() throws SQLException {
        owner = DriverManager.getConnection(url, "owner", "");
        try (Statement statement = owner.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
    }

    /** Makes the principal a user of the database, member of the groups, and manager of some customers' rows. */
    void admit(ServicePrincipal principal, List<String> groups, List<String> customers) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE USER \"" + user(principal.toString()) + "\" PASSWORD ''");
            statement.execute("GRANT SELECT ON sales, my_groups TO \"" + user(principal.toString()) + "\"");
        }
        for (String group : groups) {
            update("INSERT INTO members VALUES (?, ?)", user(principal.toString()), group);
        }
        for (String customer : customers) {
            update("UPDATE all_sales SET manager = ? WHERE customer = ?", principal.toString(), customer);
        }
    }

    @Override
    public SqlRows run(SqlStatement statement) {
        try (Connection connection = DriverManager.getConnection(url, user(statement.currentUser()), "");
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery(statement.text())) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                columns.add(found.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
            }
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return new SqlRows(columns, rows);
        } catch (SQLException e) {
            throw new SqlFailure("BAD_REQUEST", String.valueOf(e.getMessage()));
        }
    }

    /** The database's is_member(group): about whoever runs the query, whatever they write into it. */
    public static boolean isMember(Connection connection, String group) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM my_groups WHERE group_name = ?")) {
            query.setString(1, group);
            return query.executeQuery().next();
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }

    private void update(String sql, String... values) throws SQLException {
        try (PreparedStatement update = owner.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }

    /** H2 folds the names of its users to upper case. */
    private static String user(String principal) {
        return principal.toUpperCase(Locale.ROOT);
    }
}
