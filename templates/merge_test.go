package templates_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// listens are the base files of testdata/base with the port of Keystone's vhost in them.
func listens() map[string]string {
	return map[string]string{
		"puppet-rhosp-17.conf": "5000", "puppet-two-ports.conf": "5000", "kolla-venv.conf": "5000", "kolla-tls.conf": "5000", "kolla-uwsgi.conf": "5000",
		"openstack-ansible-uwsgi.conf": "10.0.0.11:5000", "openstack-ansible-wsgi.conf": "5000", "openstack-helm.conf": "5000",
		"upstream-wsgi-keystone.conf": "5000", "debian-several-sites.conf": "5000", "charm-keystone.conf": "4990", "devstack.conf": "5000",
		"by-hand-crlf.conf": "5000", "by-hand-nested.conf": "127.0.0.1:5000", "by-hand-bare.conf": "5000",
	}
}

func baseFile(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "base", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// into is a base that nothing else is known of.
func into(text []byte) *templates.Base {
	const target = "/etc/apache2/sites-enabled/10-keystone_wsgi.conf"
	return &templates.Base{Path: "base.conf", Name: target, Target: target, Text: text}
}

func merging(listen string, ids ...string) *spec.Federation {
	fed := federation("debian-12")
	for i, id := range ids {
		fed.IdentityProviders = append(fed.IdentityProviders, provider(id, realm(i)))
	}
	fed.HTTPD.Layout, fed.HTTPD.Listen, fed.HTTPD.Strategy = text("merge"), text(listen), text("gate")
	return fed
}

// mergedText renders into a base and gives the file that results.
func mergedText(t testing.TB, fed *spec.Federation, base []byte) []byte {
	t.Helper()
	in := inputs(fed)
	in.Base = into(base)
	b, list, err := templates.Render(fed, in)
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, told(list))
	}
	if err := b.Verify(); err != nil {
		t.Fatal(err)
	}
	f, ok := b.File(in.Base.Target)
	if !ok || f.Kind != templates.Merged {
		t.Fatalf("no merged file: %+v", f.Kind)
	}
	return f.Content
}

// told gives findings as lines.
func told(list finding.List) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(f.At.String() + ": " + f.Severity.String() + ": " + f.Message + " [" + f.Slug + "]\n")
	}
	return b.String()
}

// TestMerge: every other byte stays; the second run changes nothing; another description
// leaves nothing of the first; and all of it can be taken out again.
func TestMerge(t *testing.T) {
	for name, listen := range listens() {
		t.Run(name, func(t *testing.T) {
			base := baseFile(t, name)
			one := mergedText(t, merging(listen, "corp"), base)
			if again := mergedText(t, merging(listen, "corp"), one); !bytes.Equal(one, again) {
				t.Errorf("the second run changes\n%s\ninto\n%s", one, again)
			}
			two := mergedText(t, merging(listen, "corp", "partner"), one)
			if fresh := mergedText(t, merging(listen, "corp", "partner"), base); !bytes.Equal(two, fresh) || bytes.Equal(one, two) {
				t.Error("a provider that is added does not give what a first run gives")
			}
			if back := mergedText(t, merging(listen, "corp"), two); !bytes.Equal(one, back) {
				t.Error("a provider that is removed stays")
			}
			outside(t, base, two)
		})
	}
}

// outside wants all bytes of the base around the two pieces, and takes those out.
func outside(t *testing.T, base, merged []byte) {
	t.Helper()
	b, list := templates.Unmerge(*into(merged))
	if len(list) > 0 {
		t.Fatal(told(list))
	}
	if !bytes.Equal(b.Files[0].Content, base) {
		t.Errorf("taken out again, it is\n%q, not\n%q", b.Files[0].Content, base)
	}
	for _, line := range []string{"# BEGIN fedstone server", "# END fedstone server", "# BEGIN fedstone vhost", "# END fedstone vhost"} {
		if n := bytes.Count(merged, []byte(line)); n != 1 {
			t.Errorf("%d lines %q", n, line)
		}
	}
}

// TestMergedLineEnds: pieces have the line ends of the file around them.
func TestMergedLineEnds(t *testing.T) {
	text := mergedText(t, merging("5000", "corp"), baseFile(t, "by-hand-crlf.conf"))
	if lines := bytes.Count(text, []byte("\n")); bytes.Count(text, []byte("\r\n")) != lines {
		t.Errorf("%d of %d lines end in CR LF", bytes.Count(text, []byte("\r\n")), lines)
	}
}

// TestMergedModes: the file stays as closed as it is, and is never open to all: there are
// passphrases in it. Owner and place stay, a second run does nothing, --prune leaves it.
func TestMergedModes(t *testing.T) {
	for mode, want := range map[os.FileMode]os.FileMode{0o644: 0o640, 0o600: 0o600, 0o664: 0o640, 0o440: 0o440} {
		dir := t.TempDir()
		base := into(baseFile(t, "puppet-rhosp-17.conf"))
		base.Kept = true
		path := filepath.Join(dir, base.Target)
		write(t, path, string(base.Text))
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		fed := merging("5000", "corp")
		in := inputs(fed)
		in.Base = base
		for run, opts := range []templates.WriteOptions{{}, {Prune: true}} {
			r, err := templates.Write(context.Background(), mustRender(t, fed, in), dir, opts)
			if err != nil || run == 1 && len(r.Updated)+len(r.Created)+len(r.Pruned) > 0 {
				t.Fatalf("run %d: %+v, %v", run, r, err)
			}
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%04o became %v, want %04o", mode, info.Mode(), want)
		}
		if drift, err := templates.Check(mustRender(t, fed, in), dir); err != nil || len(drift) > 0 {
			t.Errorf("check: %v, %v", drift, err)
		}
	}
}

// TestMergedKeepsForeignFile: when merging ends, the file stays, and so it does with --prune.
func TestMergedKeepsForeignFile(t *testing.T) {
	dir := t.TempDir()
	fed := merging("5000", "corp")
	in := inputs(fed)
	in.Base = into(baseFile(t, "devstack.conf"))
	if _, err := templates.Write(context.Background(), mustRender(t, fed, in), dir, templates.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	fed.HTTPD.Layout = text("include")
	write(t, filepath.Join(dir, "etc/apache2/sites-enabled/other.conf"), "")
	in.Base.Target = "/etc/apache2/sites-enabled/other.conf"
	r, err := templates.Write(context.Background(), mustRender(t, fed, in), dir, templates.WriteOptions{Prune: true})
	if err != nil || slices.Contains(r.Pruned, "/etc/apache2/sites-enabled/10-keystone_wsgi.conf") {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestMergedMeanwhile: a file that changes between reading and writing is left alone.
func TestMergedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	fed := merging("5000", "corp")
	in := inputs(fed)
	in.Base = into(baseFile(t, "devstack.conf"))
	in.Base.Kept = true
	b := mustRender(t, fed, in)
	write(t, filepath.Join(dir, in.Base.Target), "# somebody else was here\n")
	if _, err := templates.Write(context.Background(), b, dir, templates.WriteOptions{}); err == nil || !strings.Contains(err.Error(), "has changed since it was read") {
		t.Errorf("got %v", err)
	}
}

// TestMergedUnproven: a byte that changes anywhere is noticed.
func TestMergedUnproven(t *testing.T) {
	fed := merging("5000", "corp")
	in := inputs(fed)
	in.Base = into(baseFile(t, "devstack.conf"))
	for _, change := range [][2]string{{"threads=1 user=stack", "threads=9 user=stack"}, {"Require all denied", "Require all granted"}, {"# END fedstone vhost", "# End fedstone vhost"},
		{"# BEGIN fedstone vhost\n", "# BEGIN fedstone vhost\nOptions All\n"}, {"\n</VirtualHost>\n\n# Workaround", "\n\n</VirtualHost>\n# Workaround"}} {
		b := mustRender(t, fed, in)
		for i, f := range b.Files {
			if f.Kind == templates.Merged {
				b.Files[i].Content = bytes.Replace(f.Content, []byte(change[0]), []byte(change[1]), 1)
				if bytes.Equal(b.Files[i].Content, f.Content) {
					t.Fatalf("%q is not there", change[0])
				}
			}
		}
		if err := b.Verify(); err == nil {
			t.Errorf("%q for %q was not noticed", change[1], change[0])
		}
	}
}

// TestMergeStrategies: what a strategy does not need is not merged, and its port is free.
func TestMergeStrategies(t *testing.T) {
	for strategy, want := range map[string]bool{"gate": true, "single": false} {
		fed := merging("5000", "corp")
		fed.HTTPD.Strategy = text(strategy)
		got := mergedText(t, fed, baseFile(t, "devstack.conf"))
		if bytes.Contains(got, []byte("Listen 127.0.0.1:5051")) != want {
			t.Errorf("%s: gate %v, want %v", strategy, !want, want)
		}
	}
	fed := merging("5000", "corp")
	fed.HTTPD.Strategy = text("single")
	mergedText(t, fed, []byte(vhostWith("", "Listen 5051")))
}
