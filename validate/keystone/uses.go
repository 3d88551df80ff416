package keystone

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/subject"
)

// use is what names a protocol first: a section of httpd, a description, the live
// Keystone.
type use struct {
	protocol string
	by       string
	at       finding.Range
	door     *subject.Door // nil for others
}

// uses gives the protocols that something names, each once.
func uses(s *subject.Site) []use {
	var out []use
	seen := map[string]bool{}
	add := func(u use) {
		if u.protocol != "" && !seen[u.protocol] {
			seen[u.protocol] = true
			out = append(out, u)
		}
	}
	for _, d := range s.Doors() {
		if d.Kind != subject.Callback {
			add(use{d.Protocol, "the " + d.Kind.String() + " " + d.Path, d.Section.At(), d})
		}
	}
	for _, d := range s.Descriptions {
		for _, p := range d.Spec.IdentityProviders {
			add(use{p.Protocol.Value, d.Path, finding.Range{Path: d.Path}, nil})
		}
	}
	if s.Cloud != nil {
		for _, p := range s.Cloud.Providers {
			for _, protocol := range p.Protocols {
				if p.Enabled { // nobody logs in by another
					add(use{protocol.ID, "identity provider " + p.ID, s.Cloud.At(), nil})
				}
			}
		}
	}
	return out
}

// browsers gives the first door that sends browsers to Keystone's login; nil for none.
func browsers(s *subject.Site) *subject.Door {
	for _, d := range s.Doors() {
		if d.Kind == subject.WebSSO || d.Kind == subject.GlobalWebSSO {
			return d
		}
	}
	return nil
}
