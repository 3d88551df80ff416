package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/subject"
)

// read is a variable in which Keystone looks for something of a login.
type read struct {
	Name      string
	At        finding.Range
	Protocol  string       // of remote_id_attribute; "" of a mapping
	Condition *engine.Node // the item of remote; nil of remote_id_attribute
	*verdict
}

// verdict is what is known of a variable's name, found out once for each.
type verdict struct {
	Claim   string // the claim that it means, by whatever prefix it is named
	Set     bool   // one of the forms sets it
	Dropped string // the claim whose header it would be, had httpd not dropped it
}

// by says who looks for it.
func (r read) by() string {
	if r.Condition == nil {
		return "remote_id_attribute"
	}
	return "a mapping rule"
}

// readsOf gathers the variables of claims from keystone.conf, the live Keystone and the
// mappings. Other modules' variables, such as MELLON_…, are none.
func readsOf(s *subject.Site) []read {
	out := remoteIDs(s)
	for _, m := range s.Mappings {
		for _, rule := range m.Doc.Rules {
			for _, condition := range rule.Get("remote").Items() {
				if name := condition.Get("type"); ofClaims(name.Text()) {
					out = append(out, read{Name: name.Text(), At: name.At, Condition: condition})
				}
			}
		}
	}
	return out
}

// remoteIDs gives the variables in which Keystone looks for the issuer, of each
// protocol that a door has.
func remoteIDs(s *subject.Site) []read {
	var out []read
	for _, protocol := range protocols(s) {
		if name, at := remoteID(s, protocol); ofClaims(name) {
			out = append(out, read{Name: name, At: at, Protocol: protocol})
		}
	}
	return out
}

func protocols(s *subject.Site) []string {
	var out []string
	for _, t := range s.Trees {
		for _, d := range t.Doors() {
			if d.Protocol != "" && ours(d) && (len(out) == 0 || out[len(out)-1] != d.Protocol) {
				out = append(out, d.Protocol)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// remoteID gives the variable of one protocol: what the live Keystone says of it wins
// over keystone.conf (keystone/federation/utils.py, get_remote_id_parameter).
func remoteID(s *subject.Site, protocol string) (string, finding.Range) {
	if s.Cloud != nil {
		for _, p := range s.Cloud.Providers {
			for _, own := range p.Protocols {
				if own.ID == protocol && own.RemoteIDAttribute != "" {
					return own.RemoteIDAttribute, s.Cloud.At()
				}
			}
		}
	}
	if s.Keystone == nil {
		return "", finding.Range{}
	}
	v, _ := s.Keystone.RemoteIDAttribute(protocol)
	return v.Text, v.At
}

// ofClaims reports whether a variable looks like one of mod_auth_openidc's or
// mod_oauth2's, as any spelling of it does.
func ofClaims(name string) bool {
	bare := strings.ToUpper(name)
	bare = strings.TrimPrefix(bare, "HTTP_")
	bare = strings.TrimPrefix(bare, "REDIRECT_")
	for _, prefix := range []string{"OIDC-", "OIDC_", "OAUTH2-", "OAUTH2_"} {
		if strings.HasPrefix(bare, prefix) {
			return !own(name)
		}
	}
	return false
}

// own reports whether a variable is one that mod_auth_openidc sets besides claims.
func own(name string) bool {
	return slices.Contains([]string{
		"OIDC_access_token", "OIDC_access_token_expires", "OIDC_access_token_type", "OIDC_refresh_token", "OIDC_id_token", "OIDC_id_token_payload",
		"OIDC_userinfo_json", "OIDC_userinfo_jwt", "OIDC_scope", "OIDC_OAUTH_BEARER_SCOPE_ERROR", "OIDC_signed_jwt",
	}, strings.TrimPrefix(name, "HTTP_"))
}

// some names the first of what Keystone looks for, and where it says so.
func some(reads []read) string {
	var names []string
	for _, r := range reads {
		if !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", len(names)-3)
	}
	return strings.Join(names, ", ")
}

// related are the places of what Keystone looks for, three at most.
func related(reads []read) []finding.Related {
	var out []finding.Related
	for _, r := range reads[:min(len(reads), 3)] {
		out = append(out, finding.Related{Message: r.by() + " looks for " + r.Name, At: r.At})
	}
	return out
}
