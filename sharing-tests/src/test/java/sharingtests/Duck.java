// SPDX-License-Identifier: Apache-2.0
package sharingtests;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** DuckDB, in memory: a reader and a writer of Parquet that shares no code with this project. */
final class Duck implements AutoCloseable {
    private final Connection connection;

    Duck() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        run("SET TimeZone = 'UTC'");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows, every value as its text; null as {@code NULL}. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String text = result.getString(column);
                    row.add(text == null ? "NULL" : text);
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    /** The types of the columns of a file, as DuckDB sees them. */
    List<String> types(Path file) throws SQLException {
        return rows("SELECT column_type FROM (DESCRIBE SELECT * FROM " + table(List.of(file)) + ")");
    }

    /** The table that some files make up, in SQL. */
    static String table(List<Path> files) {
        return files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
