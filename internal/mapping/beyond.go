package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
)

// beyondSchema says of a mapping that Keystone would store what cannot work: what
// fails at every login, and what the httpd that fedstone renders never sets.
func beyondSchema(doc *engine.Document, release string) finding.List {
	b := beyond{}
	b.version(doc, release)
	for i, rule := range doc.Rules {
		b.rule = i + 1
		for _, item := range rule.Get("remote").Items() {
			b.header(item.Get("type"))
		}
		for _, item := range rule.Get("local").Items() {
			b.groups(item)
			b.roles(item.Get("projects"))
		}
	}
	return b.findings
}

type beyond struct {
	rule     int
	findings finding.List
}

func (b *beyond) add(n *engine.Node, message, hint string) {
	b.findings = append(b.findings, problem("bad-mapping", n.At, fmt.Sprintf("rule %d %s", b.rule, message), hint))
}

// version: releases before 2024.1 pass over a schema version.
func (b *beyond) version(doc *engine.Document, release string) {
	r, known := platform.ReleaseByName(release)
	if !known || r.SchemaVersions != nil || doc.SchemaVersion == "" || doc.SchemaVersion == written {
		return
	}
	f := problem("schema-ignored", doc.Root.Get("schema_version").At,
		fmt.Sprintf("Keystone %s knows no mapping schemas: it evaluates this as 1.0, not as %s", release, doc.SchemaVersion), "delete it")
	f.Severity = finding.Warning
	b.findings = append(b.findings, f)
}

func (b *beyond) header(n *engine.Node) {
	if rest, is := strings.CutPrefix(n.Text(), "HTTP_OIDC"); is {
		claim := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(rest, "_CLAIM"), "_"))
		b.add(n, fmt.Sprintf("reads a request header (%s), which is never set here: claims come as OIDC-name", n.Text()), fmt.Sprintf(`"type": "%s%s"`, Prefix, claim))
	}
}

func (b *beyond) groups(item *engine.Node) {
	if groups := item.Get("groups"); groups != nil && item.Get("domain") == nil {
		b.add(groups, "gives groups without a domain beside them, which fails at login", `"domain": {"name": "Default"}`)
	}
}

// roles: until 2023.2 a role may hold anything beside its name, which Keystone
// never looks at.
func (b *beyond) roles(projects *engine.Node) {
	for _, project := range projects.Items() {
		for _, role := range project.Get("roles").Items() {
			members, _ := role.Value.([]engine.Member)
			for _, m := range members {
				if m.Key != "name" {
					b.add(&engine.Node{At: m.KeyAt}, fmt.Sprintf("has a role with %q, at which Keystone never looks", m.Key), `{"name": "member"}`)
				}
			}
		}
	}
}
