package spec

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// RedirectPath is where issuers send browsers back to, below keystone.url: no path
// that Keystone serves.
const RedirectPath = "/v3/OS-FEDERATION/redirect_uri"

// Where a browser's session of mod_auth_openidc is kept (HTTPD.Sessions).
const (
	SessionsInCache  = "cache"
	SessionsInCookie = "cookie"
)

// The words of Browser's fields. Where an identity provider may be named instead,
// its id is none of them.
const (
	PasswordChoice   = "credentials" // what Horizon calls the login without an identity provider
	GlobalClosed     = "closed"
	GlobalList       = "list"
	LoginPageShown   = "shown"
	LoginPageSkipped = "skipped"
	LogoutDashboard  = "dashboard"
	LogoutEverywhere = "everywhere"
)

// Browser says how people come in by a dashboard, and what ends when they leave.
type Browser struct {
	FirstChoice  Text // what the login page offers first: credentials (the default) or an identity provider's id
	GlobalWebSSO Text // the websso path that names no provider: closed (the default), list, or the id of the one it leads to
	LoginPage    Text // shown (the default), or skipped: everybody is sent on by GlobalWebSSO
	Logout       Text // dashboard (the default), or everywhere: the sessions of httpd and of the issuer end, too
}

func (b *Browser) keys() []key {
	return []key{
		{"first_choice", "", text("browser.first_choice", &b.FirstChoice)},
		{"global_websso", "", text("browser.global_websso", &b.GlobalWebSSO)},
		{"login_page", "", choice("browser.login_page", &b.LoginPage, LoginPageShown, LoginPageSkipped)},
		{"logout", "", choice("browser.logout", &b.Logout, LogoutDashboard, LogoutEverywhere)},
	}
}

func (b *Browser) fill() {
	b.FirstChoice = b.FirstChoice.or(PasswordChoice, finding.Range{})
	b.GlobalWebSSO = b.GlobalWebSSO.or(GlobalClosed, finding.Range{})
	b.LoginPage = b.LoginPage.or(LoginPageShown, finding.Range{})
	b.Logout = b.Logout.or(LogoutDashboard, finding.Range{})
}

// LogoutReturn is where the people of a dashboard come back to from the issuer. Where
// the login page is skipped Horizon has ended its own session before it sent them
// away; else it does so now.
func (b *Browser) LogoutReturn(dashboard string) string {
	page := "/auth/logout/"
	if b.LoginPage.Value == LoginPageSkipped {
		page = "/auth/login/"
	}
	return strings.TrimSuffix(dashboard, "/") + page
}
