package register

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/secret"
)

// TestJudge: what is described is judged in its own right, and what the provider has
// beside it is told as drift; a sound client is silent.
func TestJudge(t *testing.T) {
	sound := Registration{ID: "keystone", AuthMethod: Basic, Secret: secret.New("canary"), Grants: []string{Code, RefreshToken}, RedirectURIs: []string{"https://k/redirect"}}
	with := func(change func(*Registration)) Registration {
		r := sound
		change(&r)
		return r
	}
	cases := map[string]struct {
		kind       Kind
		want, have Registration
		told       []string
	}{
		"sound":                     {RelyingParty, sound, sound, nil},
		"not registered yet":        {RelyingParty, sound, Registration{}, nil},
		"a wildcard":                {RelyingParty, sound, with(func(r *Registration) { r.RedirectURIs = []string{"https://k/*"} }), []string{"warning redirect-uri-wildcard"}},
		"http":                      {RelyingParty, sound, with(func(r *Registration) { r.RedirectURIs = []string{"http://k/", "http://127.0.0.1/"} }), []string{"warning client-redirect-not-https"}},
		"implicit":                  {RelyingParty, sound, with(func(r *Registration) { r.Grants = []string{Code, "implicit"} }), []string{"warning implicit-flow-on"}},
		"public with a secret":      {CommandLine, sound, with(func(r *Registration) { r.AuthMethod = None }), []string{"warning public-client-with-secret"}},
		"passwords":                 {CommandLine, with(func(r *Registration) { r.Grants = []string{Code, Password} }), sound, []string{"info password-grant-beside-code"}},
		"passwords there as well":   {CommandLine, with(func(r *Registration) { r.Grants = []string{Code, Password} }), with(func(r *Registration) { r.Grants = []string{Code, Password} }), []string{"info password-grant-beside-code"}},
		"a service account":         {RelyingParty, sound, with(func(r *Registration) { r.Grants = []string{Code, ClientCredentials} }), []string{"warning service-account-on-relying-party"}},
		"of the command line":       {CommandLine, sound, with(func(r *Registration) { r.Grants = []string{Code, ClientCredentials} }), nil},
		"two of them, in one order": {RelyingParty, sound, with(func(r *Registration) { r.Grants, r.RedirectURIs = []string{"implicit"}, []string{"https://*/"} }), []string{"warning redirect-uri-wildcard", "warning implicit-flow-on"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := &planner{Work: Work{Provider: "corp"}}
			p.judge(Want{Registration: func() Registration { c.want.Kind = c.kind; return c.want }()}, c.have)
			var told []string
			for _, f := range p.list {
				told = append(told, fmt.Sprintf("%s %s", f.Severity, f.Slug))
			}
			if diff := cmp.Diff(c.told, told); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
