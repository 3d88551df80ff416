package dashboard

import (
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/subject"
)

// credentials is the choice by which Horizon asks for a name and a password itself.
const credentials = "credentials"

// on gives the settings of a dashboard that offers logins through Keystone; nil where
// it does not, or where that cannot be told.
func on(s *subject.Site) *subject.Dashboard {
	if s.Dashboard == nil {
		return nil
	}
	if enabled, known, _ := s.Dashboard.On("WEBSSO_ENABLED", false); !known || !enabled {
		return nil
	}
	return s.Dashboard
}

// file is the place of what the settings leave out.
func file(d *subject.Dashboard) finding.Range {
	return finding.Range{Path: d.Files[len(d.Files)-1]}
}

// place gives a known place, else that of the file.
func place(d *subject.Dashboard, at finding.Range) finding.Range {
	if at.Path == "" {
		return file(d)
	}
	return at
}

// web is a path of Keystone to which a choice sends a browser; idp is "" for the global one.
type web struct{ idp, protocol string }

// webs gives the websso doors of all virtual hosts, the first of each. sure is false where
// a section leaves the identity provider or the protocol open. Without a dashboard
// nobody asks for them.
func webs(s *subject.Site) (all map[web]*subject.Door, order []web, sure bool) {
	all, sure = map[web]*subject.Door{}, true
	if on(s) == nil {
		return all, nil, false
	}
	for _, d := range s.Doors() {
		if d.Kind != subject.WebSSO && d.Kind != subject.GlobalWebSSO {
			continue
		}
		w := web{d.IdP, d.Protocol}
		if d.Protocol == "" || d.Kind == subject.WebSSO && d.IdP == "" {
			sure = false
		} else if all[w] == nil {
			all[w], order = d, append(order, w)
		}
	}
	return all, order, sure && len(all) > 0
}

// chosen gives where a choice leads.
func chosen(key string, targets map[string]subject.Target) web {
	if t, ok := targets[key]; ok {
		return web{t.IdP, t.Protocol}
	}
	return web{"", key}
}

// protocols are the names of protocols that the site knows, from doors, descriptions and
// the live Keystone; idps those of identity providers.
func protocols(s *subject.Site) (protocols, idps []string) {
	add := func(list *[]string, name string) {
		if name != "" && !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	for _, d := range s.Doors() {
		add(&protocols, d.Protocol)
		add(&idps, d.IdP)
	}
	for _, d := range s.Descriptions {
		for _, p := range d.Spec.IdentityProviders {
			add(&protocols, p.Protocol.Value)
			add(&idps, p.ID.Value)
		}
	}
	if s.Cloud == nil {
		return protocols, idps
	}
	for _, p := range s.Cloud.Providers {
		add(&idps, p.ID)
		for _, o := range p.Protocols {
			add(&protocols, o.ID)
		}
	}
	return protocols, idps
}

// private reports a host that browsers elsewhere do not reach: a name without a dot, an
// address of the machine or of private networks.
func private(host string) bool {
	switch {
	case host == "localhost" || strings.HasSuffix(host, ".internal") || strings.HasSuffix(host, ".local"):
		return true
	case strings.HasPrefix(host, "127.") || strings.HasPrefix(host, "10.") || strings.HasPrefix(host, "192.168."):
		return true
	}
	return host != "" && !strings.Contains(host, ".") && !strings.Contains(host, ":")
}

// hostOf gives a URL and its host; ok is false for what is no URL.
func hostOf(text string) (u *url.URL, host string, ok bool) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return nil, "", false
	}
	return u, u.Hostname(), true
}

// versioned reports a URL of Keystone's API with its version.
func versioned(u *url.URL) bool {
	return strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), "/v3")
}

// publicURL gives Keystone's URL as browsers reach it, as far as descriptions or virtual
// hosts have it.
func publicURL(s *subject.Site) string {
	for _, d := range s.Descriptions {
		if d.Spec.Keystone.URL.Value != "" {
			return d.Spec.Keystone.URL.Value + "/v3"
		}
	}
	for _, d := range s.Doors() {
		if name := d.Vhost.Value("servername"); strings.HasPrefix(name, "https://") {
			return name + d.Prefix + "/v3"
		}
	}
	return "https://keystone.example.org:5000/v3"
}

// replaced puts another text in the place of a value.
func replaced(at finding.Range, text, title string) *finding.Fix {
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: at, Text: text}}}
}
