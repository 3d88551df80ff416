package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Install installs what n lacks: packages by apt-get (none of which may start a service on this host), the
// services' users, Keycloak by Maven, the light provider's modules by npm, Keystone's other releases by pip. Where all is there it does nothing.
// Without apt-get or root nothing is tried: the error lists every missing part and its command. So does that of an
// installation that fails, for what is missing by then.
func Install(ctx context.Context, n Needs, w io.Writer) error {
	if err := installable(n); err != nil {
		return err
	}
	if err := install(ctx, n, &progress{w: w}); err != nil {
		return fmt.Errorf("%w\n%s", err, stillMissing(n))
	}
	return nil
}

func install(ctx context.Context, n Needs, p *progress) error {
	if packages := n.packages(); len(packages) > 0 {
		if err := p.phase(fmt.Sprintf("installing %d packages", len(packages)), func() error { return aptInstall(ctx, packages) }); err != nil {
			return err
		}
	}
	if slices.Contains(n, Stack) {
		if err := addAccounts(ctx); err != nil {
			return err
		}
	}
	return prepareDownloads(ctx, n, p)
}

func (n Needs) packages() []string {
	var names []string
	for _, r := range n.missing() {
		names = append(names, r.pack)
	}
	if slices.Contains(n, Keycloak) && !keycloakPresent() && !(requirement{file: "mvn"}).present() {
		names = append(names, "maven")
	}
	if slices.Contains(n, Light) && !lightPresent() && !(requirement{file: "npm"}).present() {
		names = append(names, "npm")
	}
	return names
}

// installable is an error where something must be installed and cannot be.
func installable(n Needs) error {
	needed := len(n.packages()) > 0 || slices.Contains(n, Stack) && len(missingAccounts()) > 0
	_, err := exec.LookPath("apt-get")
	var why string
	switch {
	case !needed:
		return nil
	case err != nil:
		why = "this system has no apt-get"
	case os.Geteuid() != 0:
		why = "installing needs root"
	default:
		return nil
	}
	return fmt.Errorf("%s; %s", why, stillMissing(n))
}

func stillMissing(n Needs) string {
	return "what is missing, and how Debian 12 gets it:\n  " + strings.Join(Missing(n), "\n  ")
}

// aptInstall installs packages; a stale or missing package list is renewed once.
func aptInstall(ctx context.Context, packages []string) (err error) {
	allow, err := forbidServices()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, allow()) }()
	args := append([]string{"install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"}, packages...)
	if lists, _ := filepath.Glob("/var/lib/apt/lists/*_Packages*"); len(lists) > 0 {
		if err := tool(ctx, "", "apt-get", args...); err == nil {
			return nil
		}
	}
	if err := tool(ctx, "", "apt-get", "update", "-q", "-o", "DPkg::Lock::Timeout=300"); err != nil {
		return err
	}
	return tool(ctx, "", "apt-get", args...)
}

// forbidServices keeps packages from starting services while they are installed (policy-rc.d, Debian's
// invoke-rc.d). The host's own policy, where it has one, is left alone.
func forbidServices() (allow func() error, err error) {
	const policy = "/usr/sbin/policy-rc.d"
	f, err := os.OpenFile(policy, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if os.IsExist(err) {
		return func() error { return nil }, nil
	}
	if err != nil {
		return nil, err
	}
	allow = func() error { return os.Remove(policy) }
	if _, err := f.WriteString("#!/bin/sh\nexit 101\n"); err != nil {
		return nil, errors.Join(err, f.Close(), allow())
	}
	return allow, f.Close()
}

func prepareDownloads(ctx context.Context, n Needs, p *progress) error {
	if slices.Contains(n, Light) && !lightPresent() {
		if err := p.phase("the light OpenID Provider's modules", func() error { _, err := prepareLight(ctx); return err }); err != nil {
			return err
		}
	}
	if slices.Contains(n, Stack) && !memcachedPresent() {
		if err := p.phase("memcached: download", func() error { _, err := prepareMemcached(ctx); return err }); err != nil {
			return err
		}
	}
	if slices.Contains(n, Releases) && !wheelsPresent() {
		if err := p.phase("Keystone's other releases", func() error { _, err := prepareWheels(ctx); return err }); err != nil {
			return err
		}
	}
	if err := prepareSuites(ctx, n, p); err != nil {
		return err
	}
	if slices.Contains(n, Keycloak) && !keycloakPresent() {
		return p.phase("Keycloak: download and build", func() error { _, err := prepareKeycloak(ctx); return err })
	}
	return nil
}

// tool runs an installing program with the caller's environment; the error holds the end of what it said.
func tool(ctx context.Context, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	const most = 2000
	if len(out) > most {
		out = out[len(out)-most:]
	}
	return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, strings.TrimSpace(string(out)))
}
