package lab

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/fedstone/fedstone/internal/lab/roots"
)

// system is the folder of the installation whose programs run; "" is the host.
type system string

// path is where the host finds a file of the installation.
func (s system) path(name string) string { return filepath.Join("/", string(s), name) }

// entering is a command of the host that becomes p at its place. Whom it runs as is then said in it, not by the caller.
func (l *Lab) entering(p program) []string {
	command := append([]string{p.path}, p.args...)
	if p.outside || l.System == "" && !(p.trusts && roots.Possible()) {
		return command
	}
	place := roots.Place{Root: string(l.System), Share: l.Dir}
	if p.trusts {
		place.Trust = l.CAFile
	}
	if p.as != nil {
		place.As = fmt.Sprintf("%d:%d", p.as.uid, p.as.gid)
	}
	return place.Command(command...)
}

// check refuses an installation that is not there: making one takes minutes.
func (s system) check() error {
	if s == "" {
		return nil
	}
	if _, err := os.Stat(string(s)); err != nil {
		return fmt.Errorf("the suite is not installed: %w; fedstone lab install --debian SUITE makes it", err)
	}
	return nil
}

// systemOf is where a suite is, or will be, installed.
func systemOf(suite string) (system, error) {
	s, ok := roots.ByName(suite)
	if !ok {
		return "", fmt.Errorf("there is no Debian %q to run, only %v", suite, roots.Names())
	}
	users, err := sharedUsers()
	if err != nil {
		return "", err
	}
	cache, err := cacheDir()
	return system(filepath.Join(cache, s.Folder(users))), err
}

// sharedUsers are the services' users, with their numbers on this host.
func sharedUsers() ([]roots.User, error) {
	a, err := lookupAccounts()
	if err != nil {
		return nil, err
	}
	var users []roots.User
	for _, one := range []*account{a.keystone, a.mysql, a.www} {
		users = append(users, roots.User{Name: one.name, UID: one.uid, GID: one.gid, Home: systemAccounts()[one.name]})
	}
	return users, nil
}

// prepareSuite returns the folder of an installed suite.
func prepareSuite(ctx context.Context, suite roots.Suite) (string, error) {
	users, err := sharedUsers()
	if err != nil {
		return "", err
	}
	return prepared(ctx, suite.Folder(users), func(dir string) error { return suite.Build(ctx, dir, users, tool) })
}

// prepareSuites makes those that are needed and missing.
func prepareSuites(ctx context.Context, n Needs, p *progress) error {
	for _, s := range roots.Suites() {
		if !slices.Contains(n, suiteNeed(s.Name)) || suitePresent(s) {
			continue
		}
		if !roots.Possible() {
			return fmt.Errorf("%s: this process may not mount, and programs of another suite run where its folder is mounted as theirs: "+
				"run it as root outside of a container, or in one that has CAP_SYS_ADMIN", s.Title)
		}
		if err := p.phase(s.Title, func() error { _, err := prepareSuite(ctx, s); return err }); err != nil {
			return err
		}
	}
	return nil
}

func suitePresent(suite roots.Suite) bool {
	users, err := sharedUsers()
	return err == nil && inCache(suite.Folder(users), nil)
}

// SuiteNeeds are what a lab of another suite needs besides.
func SuiteNeeds(suite string) Needs { return Needs{Suites, suiteNeed(suite)} }

func suiteNeed(suite string) Need { return Need("debian-" + suite) }
