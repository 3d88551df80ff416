package lab

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
)

// firstSQL runs at each start. Keystone's account is known by its system user (unix_socket), so there is no
// password to keep.
const firstSQL = "CREATE DATABASE IF NOT EXISTS keystone CHARACTER SET utf8mb3;\n" +
	"CREATE USER IF NOT EXISTS keystone@localhost IDENTIFIED VIA unix_socket;\n" +
	"GRANT ALL ON keystone.* TO keystone@localhost;\n"

// startMariaDB starts MariaDB on a Unix socket alone.
func (r *run) startMariaDB(ctx context.Context) (*child, error) {
	l := r.lab
	if err := os.WriteFile(l.path("db", "first.sql"), []byte(firstSQL), 0o644); err != nil {
		return nil, err
	}
	c, err := r.start(program{name: "mariadb", path: "/usr/sbin/mariadbd", args: []string{
		"--no-defaults", "--datadir=" + l.path("db", "data"), "--socket=" + l.databaseSocket(), "--pid-file=" + l.path("db", "pid"),
		"--skip-networking", "--init-file=" + l.path("db", "first.sql"), "--innodb-flush-log-at-trx-commit=2", "--skip-log-bin", "--performance-schema=OFF", "--innodb-log-file-size=8M",
	}, as: r.accounts.mysql, dir: l.path("db")})
	if err != nil {
		return nil, err
	}
	return c, c.await(ctx, func(ctx context.Context) error { return dial(ctx, "unix", l.databaseSocket()) })
}

// installMariaDB does what mariadb-install-db does, less the help texts and the test database: that script
// needs a program of the client's package.
func (r *run) installMariaDB(ctx context.Context) error {
	l := r.lab
	if err := l.makeFolder(folder{"db/data", 0o700, r.accounts.mysql}); err != nil {
		return err
	}
	tables := "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket='root';\n"
	for _, name := range []string{"system_tables", "performance_tables", "system_tables_data"} {
		text, err := l.System.mariaDBScript(name)
		if err != nil {
			return fmt.Errorf("MariaDB's system tables: %w", err)
		}
		tables += string(text)
	}
	return r.runToEnd(ctx, program{name: "mariadb-install", path: "/usr/sbin/mariadbd", in: tables, as: r.accounts.mysql, dir: l.path("db"), args: []string{
		"--no-defaults", "--bootstrap", "--datadir=" + l.path("db", "data"), "--enforce-storage-engine=", "--skip-log-bin", "--innodb-log-file-size=8M", "--max-allowed-packet=8M", "--net-buffer-length=16K"}})
}

// mariaDBScript reads a script of the server's package, which MariaDB 11 has under its own name.
func (s system) mariaDBScript(name string) ([]byte, error) {
	text, err := os.ReadFile(s.path("/usr/share/mariadb/mariadb_" + name + ".sql"))
	if errors.Is(err, fs.ErrNotExist) {
		return os.ReadFile(s.path("/usr/share/mysql/mysql_" + name + ".sql"))
	}
	return text, err
}

func (l *Lab) databaseSocket() string { return l.path("db", "socket") }

func (l *Lab) databaseURL() string {
	return fmt.Sprintf("mysql+pymysql://keystone@localhost/keystone?charset=utf8&unix_socket=%s", l.databaseSocket())
}

func dial(ctx context.Context, network, address string) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return err
	}
	return conn.Close()
}
