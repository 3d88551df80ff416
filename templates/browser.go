package templates

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// globals adds the websso paths that name a protocol and no provider: none, the
// one provider's, or one for each protocol.
func (j *job) globals(st *stationer, p *httpdPage) error {
	for _, protocol := range j.globalProtocols() {
		s := newSlots()
		s.one("GlobalPath", "/v3/auth/OS-FEDERATION/websso/"+protocol)
		s.one("RedirectURI", j.redirectURI())
		at := j.globalProviders(protocol)
		s.one("IssuerEscaped", platform.Escape(at[0]))
		s.fact("LeadsToOne", j.fed.Browser.GlobalWebSSO.Value != spec.GlobalList)
		s.many("AreIssuers", claimsAre(at))
		sheet, err := st.statement("global", protocol, s)
		if err != nil {
			return err
		}
		p.sections["global"] = append(p.sections["global"], section{sheet, s.values})
	}
	return nil
}

// isGlobal reports whether the global path leads to this provider.
func (j *job) isGlobal(idp spec.IdentityProvider) bool {
	switch to := j.fed.Browser.GlobalWebSSO.Value; to {
	case "", spec.GlobalClosed:
		return false
	case spec.GlobalList:
		return true
	default:
		return to == idp.ID.Value
	}
}

func (j *job) globalProtocols() []string {
	var out []string
	for _, idp := range j.openID.IdentityProviders {
		if j.isGlobal(idp) && !slices.Contains(out, idp.Protocol.Value) {
			out = append(out, idp.Protocol.Value)
		}
	}
	return out
}

// globalProviders gives the issuers of a protocol's global path.
func (j *job) globalProviders(protocol string) []string {
	var out []string
	for _, idp := range j.openID.IdentityProviders {
		if j.isGlobal(idp) && idp.Protocol.Value == protocol {
			out = append(out, idp.Issuer.Value)
		}
	}
	return out
}

// loginPage is the first dashboard's.
func loginPage(dashboards []spec.Text) string {
	if len(dashboards) == 0 {
		return ""
	}
	return strings.TrimSuffix(dashboards[0].Value, "/") + "/auth/login/"
}

func (j *job) logsOut() bool { return j.fed.Browser.Logout.Value == spec.LogoutEverywhere }

func (j *job) skipsLoginPage() bool { return j.fed.Browser.LoginPage.Value == spec.LoginPageSkipped }

// logoutReturn is where a dashboard's people come back to from the issuer.
func (j *job) logoutReturn(dashboard string) string { return j.fed.Browser.LogoutReturn(dashboard) }

// logoutAddress ends the module's session and then the issuer's
// (src/handle/logout.c; before 2.4.16 src/mod_auth_openidc.c).
func (j *job) logoutAddress(dashboard string) string {
	return j.redirectURI() + "?logout=" + platform.Escape(j.logoutReturn(dashboard))
}

// browserSlots say what stands in the public vhost beside the providers' own paths.
func (j *job) browserSlots(s *slots) {
	returns, patterns := j.logoutReturns()
	all := j.fed.Keystone.Dashboards
	s.fact("HasDashboard", len(all) > 0)
	s.one("LoginPage", loginPage(all))
	s.fact("OpensGlobal", len(j.globalProtocols()) > 0)
	s.fact("LogsOut", len(returns) > 0)
	s.many("LogoutReturns", returns)
	s.many("ReturnPatterns", patterns)
}

// logoutReturns are the dashboards' ways back, as the redirect URI's query has
// them, and the patterns of all addresses that the module may send browsers to.
func (j *job) logoutReturns() (escaped, patterns []string) {
	patterns = []string{j.ownPattern()}
	if !j.logsOut() {
		return nil, patterns
	}
	for _, d := range j.fed.Keystone.Dashboards {
		escaped = append(escaped, platform.Escape(j.logoutReturn(d.Value)))
		patterns = append(patterns, "^"+regexp.QuoteMeta(j.logoutReturn(d.Value))+"$")
	}
	return escaped, patterns
}

// ownPattern is of the paths at which logins begin: OIDCRedirectURLsAllowed is
// asked about these as well, with the port that the module knows.
func (j *job) ownPattern() string {
	at := regexp.QuoteMeta(j.fed.Keystone.URL.Value)
	if u, err := url.Parse(j.fed.Keystone.URL.Value); err == nil && u.Port() == "" {
		host := regexp.QuoteMeta(u.Scheme + "://" + u.Host)
		at = host + "(:443)?" + strings.TrimPrefix(at, host)
	}
	return "^" + at + "/v3/auth/OS-FEDERATION/"
}
