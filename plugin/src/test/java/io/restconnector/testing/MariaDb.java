package io.restconnector.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * A MariaDB server of the machine's own package, on loopback; each use is a database of its own.
 * Started at the first use; ends with the JVM, however that ends.
 */
public final class MariaDb {

  public static final String DRIVER = "org.mariadb.jdbc.Driver";
  public static final String USER = "root";

  /** Reads its input, to which nothing is ever written, until the JVM is gone. */
  private static final String SCRIPT =
      """
      PATH=$PATH:/usr/sbin
      data=$(mktemp -d)
      trap 'rm -rf "$data"' EXIT
      common="--no-defaults --user=$(id -un) --datadir=$data"
      mariadb-install-db $common --auth-root-authentication-method=normal --skip-test-db || exit
      mariadbd $common --bind-address=127.0.0.1 --port="$0" \
        --socket="$data/socket" --pid-file="$data/pid" --max-connections=300 \
        --character-set-server=utf8mb4 --innodb-flush-log-at-trx-commit=0 &
      read -r end
      kill -9 $!
      wait
      """;

  private MariaDb() {}

  /** The URL of a new database. */
  public static String newDatabase() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = connect(Server.URL);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    // Else the engine finds the tables of all the other databases and creates none.
    return Server.URL + name + "?nullDatabaseMeansCurrent=true";
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, USER, "");
  }

  private static final class Server {
    private static final String URL = start();

    private static String start() {
      File log = new File("target/mariadb.log");
      try {
        int port = freePort();
        new ProcessBuilder("sh", "-c", SCRIPT, Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/";
        await("MariaDB, Debian's mariadb-server-core and -client-core; see " + log)
            .atMost(Duration.ofMinutes(1))
            .pollInSameThread() // another one would wait for this class to be initialised
            .ignoreExceptions()
            .untilAsserted(() -> connect(url).close());
        return url;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      }
    }
  }
}
