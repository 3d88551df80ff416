package claims

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimsLostInProxy(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claims-lost-in-proxy",
		Severity: finding.Error,
		Title:    "claims are put into the environment, and requests go on by HTTP",
		Why: "mod_proxy_http hands on the headers of a request and nothing of httpd's environment; mod_wsgi, mod_proxy_uwsgi and FastCGI hand on both. " +
			"With `OIDCPassClaimsAs environment` in front of a Keystone that is reached by `http://…`, no claim arrives, REMOTE_USER included: 401.",
		Mend:   "Reach Keystone by mod_wsgi or `uwsgi://`; or pass `headers`, look for `HTTP_OIDC_…`, and take those headers out of every request with `RequestHeader unset … early`.",
		Source: "httpd, modules/proxy/mod_proxy_http.c, ap_proxy_create_hdrbrgd; modules/proxy/mod_proxy_uwsgi.c",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				if !f.Proxied || f.PassAs != "environment" {
					continue
				}
				v.On(f.passAt(), finding.Finding{
					Message: fmt.Sprintf("claims of the %s are in the environment alone, and the request goes on by HTTP, which hands on headers alone: Keystone gets none", f.Door.Kind),
					Hint:    "ProxyPass / uwsgi://127.0.0.1:5001/",
				}, append(f.Doors, f.Vhost, names)...)
			}
		}),
	}
}
