package login

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURIFromRequest(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-from-request",
		Severity: finding.Warning,
		Title:    "whoever calls chooses the host of the redirect URI",
		Why: "A redirect URI without a host gets the host of each request, and with `OIDCXForwardedHeaders X-Forwarded-Host` (up to 2.4.10 always) that is what a header says. " +
			"Where a client can send this header past the load balancer, the address to which the issuer sends the code is the client's choice, and only the issuer's list of registered addresses is left to refuse it.",
		Mend:   "Write the whole address in OIDCRedirectURI: the one that is registered at the issuer.",
		Source: "mod_auth_openidc, src/util.c, oidc_get_redirect_uri and oidc_get_current_url_host",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if at := v.hostHeader(); v.URI.Host == "" && strings.HasPrefix(v.URI.Path, "/") && at != nil {
					p.On(v.Redirect, finding.Finding{
						Message: "the redirect URI " + v.path() + " has no host, and X-Forwarded-Host is believed: whoever calls chooses where the issuer sends the browser",
						Hint:    "OIDCRedirectURI https://" + v.publicName() + v.path(),
						Related: []finding.Related{{Message: "the header is believed here", At: at.At()}},
					}, v.Vhost)
				}
			}
		},
	}
}

// hostHeader gives what makes the module believe X-Forwarded-Host; nil for nothing.
func (v *party) hostHeader() *httpdconf.Command {
	for _, c := range v.Commands("oidcxforwardedheaders") {
		for _, w := range c.Argv() {
			if strings.EqualFold(w, "X-Forwarded-Host") || strings.EqualFold(w, "Forwarded") {
				return c
			}
		}
	}
	if v.Tree.Before("2.4.11") && !v.unset("X-Forwarded-Host") {
		return v.Redirect
	}
	return nil
}

// unset reports whether a header of requests is taken away before the module looks.
func (v *party) unset(header string) bool {
	for _, c := range append(v.Own("requestheader"), mainOwn(v.Vhost, "requestheader")...) {
		if strings.EqualFold(subject.Arg(c, 0), "unset") && strings.EqualFold(subject.Arg(c, 1), header) && strings.EqualFold(subject.Arg(c, 2), "early") {
			return true
		}
	}
	return false
}

func mainOwn(v *subject.Vhost, key string) []*httpdconf.Command {
	if v.Main == nil {
		return nil
	}
	return v.Main.Own(key)
}

// publicName is the host of ServerName with its port.
func (v *party) publicName() string {
	name := v.Vhost.ServerName()
	if _, rest, ok := strings.Cut(name, "://"); ok {
		name = rest
	}
	if name == "" {
		return "KEYSTONE"
	}
	return strings.TrimSuffix(name, "/")
}
