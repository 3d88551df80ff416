package startup

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func namedFileMissing() rule.Rule {
	return rule.Rule{
		Slug:     "named-file-missing",
		Severity: finding.Error,
		Title:    "a file that the configuration names is not there",
		Why: "httpd reads keys and certificates when it starts, and does not start without them; a CA bundle is " +
			"read at the first login, and logins fail then with `Problem with the SSL CA cert`.",
		Mend:   "Put the file where it is named, or name the right one.",
		Source: "mod_auth_openidc, src/parse.c; mod_ssl, ssl_engine_config.c; libcurl",
		After:  []string{"named-folder-missing"},
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for name, then := range files() {
					for _, at := range t.Commands(name) {
						for _, file := range at.Argv() {
							missing(p, t, at, file[strings.LastIndexByte(file, '#')+1:], then)
						}
					}
				}
			}
		},
	}
}

// files are the directives that name a file, and what becomes of httpd without it.
func files() map[string]string {
	const dies, fails = "httpd does not start", "logins fail when an issuer is asked"
	return map[string]string{
		"oidcpublickeyfiles": dies, "oidcprivatekeyfiles": dies, "oidcoauthverifycertfiles": dies, "sslcertificatefile": dies,
		"sslcertificatekeyfile": dies, "sslcacertificatefile": dies, "oidccabundlepath": fails, "oidcclienttokenendpointcert": fails, "oidcclienttokenendpointkey": fails,
	}
}
