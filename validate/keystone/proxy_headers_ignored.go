package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func proxyHeadersIgnored() rule.Rule {
	return rule.Rule{
		Slug:     "proxy-headers-ignored",
		Severity: finding.Info,
		Title:    "Keystone does not know that clients come by https",
		Why:      "TLS ends before httpd, so that Keystone sees plain requests. Unless `public_endpoint` says its address, or `[oslo_middleware] enable_proxy_headers_parsing` has it read X-Forwarded-Proto, the addresses it gives to clients begin with `http://`.",
		Mend:     "Set `public_endpoint`, or the other option where the proxy sets that header and takes it out of what clients send.",
		Source:   "oslo.middleware, http_proxy_to_wsgi.py; Keystone, keystone/common/wsgi.py, base_url",
		Check: func(p *rule.Pass) {
			if !whole(p.Site) {
				return
			}
			if _, set := p.Keystone.Conf.Get("DEFAULT", "public_endpoint"); set {
				return
			}
			value, _, set := text(p.Site, "oslo_middleware", "enable_proxy_headers_parsing")
			if on, _ := oslo.AsBool(value); set && on {
				return
			}
			for _, v := range gates(p.Site) {
				if behindTLS(v) {
					p.Report(finding.Finding{
						At:      top(p.Site, "DEFAULT"),
						Message: fmt.Sprintf("%s is reached by https before httpd, but neither public_endpoint nor enable_proxy_headers_parsing is set: Keystone gives addresses with http:// to clients", v.Name()),
						Hint:    "[DEFAULT]\npublic_endpoint = " + v.Value("servername"),
					})
					return
				}
			}
		},
	}
}
