package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

func (l *loader) browser(f *Federation) {
	b := &f.Browser
	l.providerOr(f, b.FirstChoice, "browser.first_choice", PasswordChoice)
	l.providerOr(f.OpenID(), b.GlobalWebSSO, "browser.global_websso", GlobalClosed, GlobalList)
	l.ambiguous(f, b.GlobalWebSSO)
	l.providerList(f)
	if b.LoginPage.Value == LoginPageSkipped && b.GlobalWebSSO.Value == GlobalClosed {
		l.fail("login-page", b.LoginPage.At, "browser.login_page is skipped while browser.global_websso is closed: Horizon sends everybody to a path that is denied",
			"global_websso: list, or the id of an identity provider")
	}
	if b.Logout.Value == LogoutEverywhere {
		l.logoutEverywhere(f)
	}
}

// providerOr refuses what is neither one of the words nor an identity provider.
func (l *loader) providerOr(f *Federation, t Text, what string, words ...string) {
	known := slices.Clone(words)
	for _, p := range f.IdentityProviders {
		known = append(known, p.ID.Value)
	}
	if slices.Contains(known, t.Value) {
		return
	}
	hint := "known: " + strings.Join(known, ", ")
	if near := nearest(t.Value, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	l.fail("unknown-provider", t.At, fmt.Sprintf("%s %s is no identity provider of this file", what, show(t.Value)), hint)
}

// ambiguous: of a word that is a provider's id as well nobody knows what is meant.
func (l *loader) ambiguous(f *Federation, t Text) {
	for _, p := range f.IdentityProviders {
		if t.At.Start.Line > 0 && p.ID.Value == t.Value && (t.Value == GlobalClosed || t.Value == GlobalList) {
			l.fail("id-taken", t.At, fmt.Sprintf("browser.global_websso %q is a word of its own, and the id of an identity provider", t.Value), "give the identity provider another id")
		}
	}
}

// providerList: a page without anything to choose is a dead end.
func (l *loader) providerList(f *Federation) {
	t, p := f.Browser.GlobalWebSSO, f.Target()
	if t.Value == GlobalList && p.Module != "" && !platform.ListsProviders(p.Module) {
		l.fail("provider-list", t.At, fmt.Sprintf("browser.global_websso is list, but the page of mod_auth_openidc %s (%s) has no providers on it", p.Module, p.Name),
			"global_websso: the id of an identity provider")
	}
}

// firstPostLogout is the first Keystone whose Horizon, 26.0, ends a session at a
// POST alone (openstack_auth/views.py, logout): a browser that comes back from
// the issuer makes a GET.
const firstPostLogout = 29

func (l *loader) logoutEverywhere(f *Federation) {
	b := f.Browser
	if len(f.Keystone.Dashboards) == 0 {
		l.fail("logout", b.Logout.At, "browser.logout is everywhere, but keystone.dashboards names none to come back to", "dashboards: [https://dashboard.example.org]")
	}
	release, known := platform.ReleaseByName(f.KeystoneRelease())
	if known && release.Number >= firstPostLogout && b.LoginPage.Value != LoginPageSkipped {
		l.fail("logout", b.Logout.At, fmt.Sprintf("browser.logout is everywhere, which Horizon of %s can do with login_page: skipped alone", release.Name),
			"login_page: skipped, or logout: dashboard")
	}
}
