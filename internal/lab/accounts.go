package lab

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/user"
	"slices"
	"strconv"
)

// account is a system user that a service runs as.
type account struct {
	name     string
	uid, gid uint32
}

// accounts are the users of the services, as Debian's packages name them.
type accounts struct{ keystone, mysql, www *account }

// systemAccounts are the users a lab needs, with the home folder that Debian's packages give them. Keystone's must
// exist: mod_wsgi's daemons enter it (mod_wsgi.c, wsgi_setup_access). Empty is a home that nobody enters.
func systemAccounts() map[string]string {
	return map[string]string{"keystone": "/var/lib/keystone", "mysql": "", "www-data": ""}
}

// missingAccounts are the services' users that this host lacks, or whose home it lacks, in order.
func missingAccounts() []string {
	var names []string
	for name, home := range systemAccounts() {
		_, lacking := lookupAccount(name)
		if home != "" && lacking == nil {
			_, lacking = os.Stat(home)
		}
		if lacking != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// addAccounts makes what missingAccounts tells.
func addAccounts(ctx context.Context) error {
	for _, name := range missingAccounts() {
		if _, err := lookupAccount(name); err != nil {
			home := cmp.Or(systemAccounts()[name], "/nonexistent")
			if err := tool(ctx, "", "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", home, "--shell", "/usr/sbin/nologin", name); err != nil {
				return err
			}
		}
		if err := makeHome(name, systemAccounts()[name]); err != nil {
			return err
		}
	}
	return nil
}

func makeHome(name, home string) error {
	if home == "" {
		return nil
	}
	a, err := lookupAccount(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	return chown(home, a)
}

func lookupAccount(name string) (*account, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return nil, fmt.Errorf("user %s is missing: %w", name, err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("user %s: id %q: %w", name, u.Uid, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("user %s: group id %q: %w", name, u.Gid, err)
	}
	return &account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
}

func lookupAccounts() (a accounts, err error) {
	for name, to := range map[string]**account{"keystone": &a.keystone, "mysql": &a.mysql, "www-data": &a.www} {
		if *to, err = lookupAccount(name); err != nil {
			return a, err
		}
	}
	return a, nil
}
