package spec

import (
	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/platform"
)

// Plain describes an httpd that was set up by hand, for the platform plain. Paths
// are paths on the target; what is not given is as the platform has it.
type Plain struct {
	Module       Text // version of mod_auth_openidc
	WSGIScript   Text // Keystone's program, where httpd runs it
	Vhost        Text
	MetadataDir  Text
	LogDir       Text
	HTTPDGroup   Text // of httpd's children
	KeystoneUser Text // of Keystone's processes; a group of that name exists, too
	At           finding.Range
}

func (f *Federation) plain(l *loader, n *yaml.Node) {
	f.Plain = &Plain{At: l.src.of(n)}
	object("plain", nil, f.Plain.keys())(l, n)
}

func (p *Plain) keys() []key {
	return []key{
		{"module", "2.4.17", word("plain.module", &p.Module)},
		{"wsgi_script", "", text("plain.wsgi_script", &p.WSGIScript)},
		{"vhost", "", text("plain.vhost", &p.Vhost)},
		{"metadata_dir", "", text("plain.metadata_dir", &p.MetadataDir)},
		{"log_dir", "", text("plain.log_dir", &p.LogDir)},
		{"httpd_group", "", text("plain.httpd_group", &p.HTTPDGroup)},
		{"keystone_user", "", text("plain.keystone_user", &p.KeystoneUser)},
	}
}

// Platform gives what is said to internal/platform.
func (p *Plain) Platform() platform.Plain {
	return platform.Plain{
		Module: p.Module.Value, WSGIScript: p.WSGIScript.Value, Vhost: p.Vhost.Value, MetadataDir: p.MetadataDir.Value,
		LogDir: p.LogDir.Value, HTTPDGroup: p.HTTPDGroup.Value, KeystoneUser: p.KeystoneUser.Value,
	}
}

var (
	moduleVersion = pattern.Lazy(`^2\.[0-9]+(\.[0-9]+)*$`)
	accountName   = pattern.Lazy(`^[a-z_][a-z0-9_-]{0,31}$`) // useradd(8)
)

// plainPlatform: the platform plain knows nothing that is not said here, and no other
// platform takes what is said here.
func (l *loader) plainPlatform(f *Federation) {
	isPlain := f.Platform.Value == platform.PlainName
	switch {
	case f.Plain == nil && !isPlain:
	case f.Plain == nil:
		l.fail("plain-platform", f.Platform.At, "platform plain says nothing of the target: plain: is missing", "plain: {module: \"2.4.17\", wsgi_script: /usr/bin/keystone-wsgi-public}")
	case !isPlain:
		l.fail("plain-platform", f.Plain.At, "plain: is for the platform plain; "+show(f.Platform.Value)+" has its own paths", "platform: plain")
	default:
		l.plainNeeds(f)
		l.plainValues(f.Plain)
		l.plainPlaces(f)
	}
}

// plainNeeds: the release decides what a mapping may hold, and Keystone must be
// reached in one way.
func (l *loader) plainNeeds(f *Federation) {
	if !f.Keystone.Release.Given() {
		l.fail("plain-platform", f.Platform.At, "platform plain has no release of its own: keystone.release is missing", "release: 2025.1")
	}
	script, uwsgi := f.Plain.WSGIScript, f.HTTPD.UWSGI
	switch {
	case script.Given() && uwsgi.Given():
		l.fail("plain-platform", script.At, "both plain.wsgi_script and httpd.uwsgi say how httpd reaches Keystone, expected one of them", "delete one")
	case !script.Given() && !uwsgi.Given():
		l.fail("plain-platform", f.Plain.At, "neither plain.wsgi_script nor httpd.uwsgi says how httpd reaches Keystone", "wsgi_script: /usr/bin/keystone-wsgi-public")
	}
}

func (l *loader) plainValues(p *Plain) {
	l.targetPath(p.WSGIScript, "plain.wsgi_script")
	l.targetPath(p.Vhost, "plain.vhost")
	l.targetPath(p.MetadataDir, "plain.metadata_dir")
	l.targetPath(p.LogDir, "plain.log_dir")
	if p.Module.Given() && !moduleVersion().MatchString(p.Module.Value) {
		l.fail("bad-version", p.Module.At, "plain.module "+show(p.Module.Value)+": expected a version of mod_auth_openidc", `module: "2.4.17"`)
	}
	l.account(p.HTTPDGroup, "plain.httpd_group")
	l.account(p.KeystoneUser, "plain.keystone_user")
}

func (l *loader) account(t Text, what string) {
	if t.Given() && !accountName().MatchString(t.Value) {
		l.fail("bad-account", t.At, what+" "+show(t.Value)+": expected a name as useradd takes it", what[len("plain."):]+": daemon")
	}
}
