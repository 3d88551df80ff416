package effective

import (
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/platform"
)

// way is how a directive of an inner section meets that of an outer one.
type way int

const (
	last         way = iota // the last command of the innermost section wins
	many                    // all commands of the innermost section that has any
	collect                 // all commands, the outer ones first
	collectInner            // all commands, the inner ones first
	byKey                   // the last command of each first argument
	apart                   // the last command of the innermost section, and then all of the servers
	relative                // values with + and - add to what was said before, others replace it
	asks                    // it depends on the request
)

// rule is how one directive is merged. server is for directives that virtual
// hosts have and sections have not.
type rule struct {
	way    way
	server bool
}

// ruleOf gives the rule of a (folded) name. Those of mod_auth_openidc come from
// its directive tables: what may not stand in a <Location> is the server's, and
// what takes any number of values adds up within a section.
func ruleOf(key string) rule {
	if r, ok := rules()[key]; ok {
		return r
	}
	if strings.HasPrefix(key, "oidc") {
		return openidcRules()[key]
	}
	return rule{}
}

var openidcRules = sync.OnceValue(func() map[string]rule {
	out := map[string]rule{}
	for _, version := range platform.Versions() {
		table, _ := platform.TableFor(version)
		for _, d := range table.All() {
			r := rule{server: !d.Directory}
			if d.Kind == platform.Iterate || d.Kind == platform.Iterate2 {
				r.way = many
			}
			out[strings.ToLower(d.Name)] = r
		}
	}
	return out
})

// rules are those of other modules, from their merge functions.
var rules = sync.OnceValue(func() map[string]rule {
	out := map[string]rule{}
	set := func(r rule, names ...string) {
		for _, n := range names {
			out[strings.ToLower(n)] = r
		}
	}
	set(rule{way: collect}, "Header", "RequestHeader", "SetEnvIf", "SetEnvIfNoCase", "BrowserMatch", "BrowserMatchNoCase", "SetEnvIfExpr")
	set(rule{way: byKey}, "SetEnv", "UnsetEnv", "PassEnv", "ErrorDocument", "ExpiresByType", "AddType", "AddHandler")
	set(rule{way: many}, "OAuth2TokenVerify", "OAuth2AcceptTokenIn", "AuthBasicProvider", "DirectoryIndex", "Allow", "Deny")
	set(rule{way: collectInner}, "Redirect", "RedirectMatch", "RedirectTemp", "RedirectPermanent")
	set(rule{way: relative}, "Options", "SSLOptions")
	set(rule{way: asks}, "RewriteRule", "RewriteCond")
	set(rule{way: apart}, "ProxyPass", "ProxyPassMatch")
	set(rule{way: collectInner, server: true}, "Alias", "AliasMatch", "ScriptAlias", "ScriptAliasMatch", "WSGIScriptAlias", "WSGIScriptAliasMatch")
	set(rule{way: collect, server: true}, "WSGIDaemonProcess", "Listen", "ServerAlias", "SSLCertificateFile", "SSLCertificateKeyFile")
	set(rule{way: many, server: true}, "CustomLog", "TransferLog")
	set(rule{way: collect}, "ProxyPassReverse", "ProxyPassReverseCookiePath", "ProxyPassReverseCookieDomain")
	set(rule{server: true}, "ServerName", "ServerAdmin", "ServerPath", "DocumentRoot", "ErrorLog", "SSLEngine", "SSLProtocol", "SSLProxyEngine",
		"ProxyRequests", "ProxyVia", "KeepAlive", "Timeout", "TraceEnable", "LimitRequestLine", "LimitRequestFieldSize", "LimitRequestFields",
		"OAuth2Cache", "OAuth2CryptoPassphrase", "MergeSlashes", "StrictHostCheck")
	return out
})
