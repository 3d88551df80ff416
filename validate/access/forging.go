package access

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/subject"
)

// source is where Keystone takes something from: its environment has what httpd's
// modules set under their own names, and what a request's headers say under HTTP_….
type source int

const (
	unknown source = iota
	fromEnvironment
	fromHeaders // a client can send it
)

// reads is how Keystone tells who logs in: by the variable with the issuer, and by
// those that the rules of its mappings look at. names are those of headers.
type reads struct {
	issuer, rules source
	names         []string
}

// readsOf gathers it from keystone.conf, the mappings and the live Keystone.
func readsOf(site *subject.Site) reads {
	var r reads
	for _, name := range issuerVariables(site) {
		r.issuer = max(r.issuer, sourceOf(name))
		r.take(name)
	}
	for _, m := range site.Mappings {
		for _, rule := range m.Doc.Rules {
			r.rule(rule)
		}
	}
	return r
}

// rule reads one rule: where all that it looks at comes by headers, it can be met by
// whoever sends them.
func (r *reads) rule(rule *engine.Node) {
	s := fromHeaders
	remote := rule.Get("remote").Items()
	for _, condition := range remote {
		name := condition.Get("type").Text()
		s = min(s, sourceOf(name))
		r.take(name)
	}
	if len(remote) > 0 {
		r.rules = max(r.rules, s)
	}
}

func (r *reads) take(name string) {
	if sourceOf(name) == fromHeaders && !slices.Contains(r.names, name) {
		r.names = append(r.names, name)
	}
}

func sourceOf(name string) source {
	if strings.HasPrefix(name, "HTTP_") {
		return fromHeaders
	}
	return fromEnvironment
}

// issuerVariables are the variables in which Keystone looks for the issuer
// (keystone/federation/utils.py, get_remote_id_parameter).
func issuerVariables(site *subject.Site) []string {
	var out []string
	if site.Keystone != nil {
		for protocol := range protocols(site) {
			if v, ok := site.Keystone.RemoteIDAttribute(protocol); ok && v.Text != "" {
				out = append(out, v.Text)
			}
		}
	}
	if site.Cloud != nil {
		for _, p := range site.Cloud.Providers {
			for _, protocol := range p.Protocols {
				if protocol.RemoteIDAttribute != "" {
					out = append(out, protocol.RemoteIDAttribute)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// protocols are the names of those that sections, descriptions or Keystone have.
func protocols(site *subject.Site) map[string]bool {
	out := map[string]bool{}
	for _, d := range site.Doors() {
		if d.Protocol != "" {
			out[d.Protocol] = true
		}
	}
	for _, p := range providers(site) {
		out[p.protocol] = true
	}
	return out
}

// certain reports whether Keystone believes headers alone.
func (r reads) certain() bool { return r.issuer == fromHeaders && r.rules == fromHeaders }

// impossible reports whether something that no header can set is always needed.
func (r reads) impossible() bool {
	return r.issuer == fromEnvironment || r.rules == fromEnvironment
}

// severityOfHole is how much a path without a login matters: where Keystone believes
// headers, anybody can become anybody there; else it finds no claims and refuses.
func severityOfHole(site *subject.Site) finding.Severity {
	if readsOf(site).certain() {
		return finding.Error
	}
	return finding.Warning
}
