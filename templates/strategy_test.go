package templates_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// weighed is a description, what is chosen for it, and a part of what speaks
// against what it asks for.
type weighed struct {
	platform, strategy string
	idps               []spec.IdentityProvider
	want, against      string
}

func weighings() map[string]weighed {
	one, two := provider("corp", realm(1)), provider("partner", realm(2))
	odd, ids, off := provider("corp", realm(1)), introspected(provider("corp", realm(1))), provider("corp", realm(1))
	odd.Bearer.Audience = text("o'brien")
	ids.Bearer.Token = text("id")
	off.Without.Client = text("a reason")
	unasked := introspected(provider("corp", realm(1)))
	unasked.Bearer.Introspection.Endpoint = spec.Text{}
	return map[string]weighed{
		"one provider":                      {"debian-12", "auto", []spec.IdentityProvider{one}, "single", ""},
		"two providers":                     {"rhosp-17.1", "auto", []spec.IdentityProvider{one, two}, "gate", ""},
		"all opaque":                        {"rhosp-17.1", "auto", []spec.IdentityProvider{introspected(one), introspected(two)}, "introspection", ""},
		"one of two opaque":                 {"rhosp-17.1", "auto", []spec.IdentityProvider{introspected(one), two}, "gate", ""},
		"mod_oauth2 where it isolates":      {"debian-12", "mod_oauth2", []spec.IdentityProvider{one, two}, "mod_oauth2", ""},
		"mod_oauth2 of Debian 13":           {"debian-13", "mod_oauth2", []spec.IdentityProvider{one, two}, "mod_oauth2", ""},
		"mod_oauth2 where there is none":    {"rhosp-17.1", "mod_oauth2", []spec.IdentityProvider{one}, "", "has no package of mod_oauth2"},
		"mod_oauth2 and a quote":            {"debian-12", "mod_oauth2", []spec.IdentityProvider{odd}, "", "would not take for themselves"},
		"mod_oauth2 and introspection":      {"debian-12", "mod_oauth2", []spec.IdentityProvider{introspected(one)}, "", "rendered for mod_auth_openidc alone"},
		"mod_oauth2 without a protection":   {"debian-12", "mod_oauth2", []spec.IdentityProvider{off}, "", "a protection is switched off"},
		"single and two providers":          {"debian-12", "single", []spec.IdentityProvider{one, two}, "", "there are 2 identity providers"},
		"introspection without an endpoint": {"debian-12", "introspection", []spec.IdentityProvider{unasked}, "", "names no introspection_endpoint"},
		"introspection and ID tokens":       {"debian-12", "introspection", []spec.IdentityProvider{ids}, "", "takes ID tokens"},
		"gate and a provider without":       {"debian-12", "gate", []spec.IdentityProvider{unasked}, "", "names no introspection_endpoint"},
	}
}

// TestChoose: what is explained is what render does.
func TestChoose(t *testing.T) {
	for name, w := range weighings() {
		t.Run(name, func(t *testing.T) {
			fed := federation(w.platform, w.idps...)
			fed.HTTPD.Strategy = spec.Text{Value: w.strategy, At: finding.Range{Path: "federation.yaml", Start: finding.Pos{Line: 3, Column: 13}}}
			in := inputs(fed)
			choice, err := templates.Explain(fed, in.Documents)
			if err != nil || choice.Strategy != w.want {
				t.Errorf("explained: %q (%v), want %q", choice.Strategy, err, w.want)
			}
			_, list, err := templates.Render(fed, in)
			if err != nil || list.HasErrors() != (w.want == "") {
				t.Errorf("rendered: %v %v", err, list)
			}
			if w.want == "" {
				refusedFor(t, w, choice, list)
			}
		})
	}
}

func refusedFor(t *testing.T, w weighed, choice templates.Choice, list finding.List) {
	t.Helper()
	var told []string
	for _, c := range choice.Candidates {
		if c.Name == w.strategy {
			told = append(told, c.Why...)
		}
	}
	if !strings.Contains(strings.Join(told, "\n"), w.against) {
		t.Errorf("explained: %q, want %q", told, w.against)
	}
	if len(list) == 0 || !strings.Contains(list[0].Message, w.against) || list[0].At.Start.Line != 3 || list[0].Hint == "" {
		t.Errorf("found: %+v, want %q on line 3", list, w.against)
	}
}

// TestCandidates: every strategy is weighed, whichever is asked for.
func TestCandidates(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	choice, err := templates.Explain(fed, inputs(fed).Documents)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range choice.Candidates {
		if names = append(names, c.Name); len(c.Why) == 0 || c.What == "" {
			t.Errorf("%s: nothing is said of it", c.Name)
		}
	}
	if diff := cmp.Diff([]string{"gate", "mod_oauth2", "single", "introspection"}, names); diff != "" {
		t.Error(diff)
	}
}
