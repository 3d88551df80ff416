package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func claimsForgeable() rule.Rule {
	return rule.Rule{
		Slug:     "claims-forgeable",
		Severity: finding.Error,
		Title:    "clients can send the headers in which Keystone looks for claims",
		Why: "A header `OIDC-iss` of a request is `HTTP_OIDC_ISS` to Keystone, whoever set it. mod_auth_openidc takes a client's own away only on paths where it asks for a login; " +
			"`POST /v3/auth/tokens` runs the same federation plugin and is never one of them. Where the issuer and all that a mapping rule looks at come by headers, anybody can log in as anybody.",
		Mend:   "Read the environment (`OIDCPassClaimsAs environment`, `remote_id_attribute = OIDC-iss`, mapping types `OIDC-sub`), which no client can set; and take the headers out of every request, `early`.",
		Source: "src/mod_auth_openidc.c, oidc_scrub_headers; Keystone, keystone/auth/plugins/mapped.py",
		After:  []string{"header-unset-in-location"},
		Check: func(p *rule.Pass) {
			r := readsOf(p.Site)
			if r.impossible() {
				return
			}
			for _, v := range gates(p.Site) {
				names := r.names
				if !r.certain() && r.issuer == unknown && r.rules == unknown {
					names = unknownNames(v)
				}
				if len(names) > 0 && !anyTaken(v, names) {
					p.Report(forgeable(v, r, names), v, "headers of claims")
				}
			}
		},
	}
}

// unknownNames are the variables that Keystone is told to read in most guides, where
// it cannot be seen which it reads.
func unknownNames(v *subject.Vhost) []string {
	if !passesHeaders(v) || len(v.Doors()) == 0 {
		return nil
	}
	var out []string
	for _, claim := range []string{"ISS", "SUB"} {
		out = append(out, "HTTP_"+strings.ToUpper(strings.ReplaceAll(v.Value("oidcclaimprefix"), "-", "_"))+claim)
	}
	return out
}

// anyTaken reports whether one of the headers that are needed is taken out of all
// requests.
func anyTaken(v *subject.Vhost, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return len(unsets(v, headerOf(n))) > 0 })
}

func forgeable(v *subject.Vhost, r reads, names []string) finding.Finding {
	var lines []string
	for _, n := range names {
		lines = append(lines, "RequestHeader unset "+headerOf(n)+" early")
	}
	f := finding.Finding{At: v.At(), Hint: strings.Join(lines, "\n"), Severity: finding.Warning}
	f.Message = fmt.Sprintf("%s lets clients send the header %s: if Keystone looks for claims in headers (%s), anybody can make them up", v.Name(), headerOf(names[0]), names[0])
	if r.certain() {
		f.Severity, f.Fix = finding.Error, unsetFirst(v, f.Hint)
		f.Message = fmt.Sprintf("%s lets clients send the header %s, in which Keystone looks for claims (%s): anybody can log in as anybody", v.Name(), headerOf(names[0]), names[0])
	}
	return f
}

// unsetFirst writes lines in front of all that stands in a virtual host.
func unsetFirst(v *subject.Vhost, lines string) *finding.Fix {
	if v.Server.Command == nil {
		return nil
	}
	for c := range v.Server.Command.Children() {
		return subject.InsertBefore("take the headers of claims out of every request", c, lines)
	}
	return nil
}
