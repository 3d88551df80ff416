package dashboard

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/clouds"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// common are the options of every plugin that logs in at Keystone (keystoneauth1/loading/identity.py).
var common = []string{"auth_url", "system_scope", "domain_id", "domain_name", "project_id", "project_name", "project_domain_id", "project_domain_name", "trust_id", "default_domain_id", "default_domain_name",
	"tenant_id", "tenant_name", "unrestricted"}

// federated are the options of plugins of a federation, besides common.
var federated = []string{"identity_provider", "protocol"}

// openID are the options of the plugins that ask an issuer for a token themselves.
var openID = []string{"client_id", "client_secret", "openid_scope", "scope", "access_token_endpoint", "discovery_endpoint", "access_token_type"}

// plugins are the auth types of keystoneauth that take federated users, each with the
// options that it has besides common (its entry points keystoneauth1.plugin).
func plugins() map[string][]string {
	return map[string][]string{
		"v3oidcaccesstoken":       append(slices.Clone(federated), "access_token"),
		"v3oidcclientcredentials": slices.Concat(federated, openID),
		"v3oidcpassword":          slices.Concat(federated, openID, []string{"username", "password", "idp_otp_key"}),
		"v3oidcauthcode":          slices.Concat(federated, openID, []string{"redirect_uri", "code", "authorization_code"}),
		"v3oidcdeviceauthz":       slices.Concat(federated, openID, []string{"device_authorization_endpoint", "code_challenge", "code_challenge_method", "username", "password"}),
	}
}

// others are auth types that are known, and not looked into.
var others = []string{"password", "token", "v2password", "v2token", "v3password", "v3token", "v3applicationcredential", "v3totp", "v3multifactor", "v3adfspassword", "v3samlpassword", "v3kerberos",
	"v3fedkerb", "v3oauth1", "v3oauth2clientcredential", "v3oauth2mtlsclientcredential", "v3tokenlessauth", "v3websso", "v3oidccli", "k2k", "admin_token", "http_basic", "none", "gnocchi-basic", "gnocchi-noauth", "v3websso_openid"}

// types gives all auth types that are known.
func types() []string { return append(slices.Sorted(maps.Keys(plugins())), others...) }

// cloud is one cloud of a file.
type cloud struct {
	*clouds.Cloud
	path string
}

// each calls a function with each cloud of each clouds.yaml.
func each(p *rule.Pass, take func(c cloud)) {
	for _, f := range p.Clients {
		for i := range f.Clouds {
			take(cloud{&f.Clouds[i], f.Path})
		}
	}
}

// eachFederated calls a function with each cloud whose auth type takes federated users.
func eachFederated(p *rule.Pass, take func(c cloud)) {
	known := plugins()
	each(p, func(c cloud) {
		if known[c.AuthType.Text] != nil {
			take(c)
		}
	})
}

// asks reports whether a cloud's plugin asks an issuer for a token.
func (c cloud) asks() bool { return c.AuthType.Text != "v3oidcaccesstoken" }

// url gives an option that is a URL; nil where it is not set, or none.
func (c cloud) url(option string) *url.URL {
	u, err := url.Parse(c.Auth[option].Text)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// auths are the identity providers and protocols of the site's auth paths. sure is false
// where there are none, or sections leave names open. Without a clouds.yaml nobody asks
// for them.
func auths(s *subject.Site) (idps, protocols []string, sure bool) {
	if len(s.Clients) == 0 {
		return nil, nil, false
	}
	for _, d := range s.Doors() {
		if d.Kind != subject.Auth {
			continue
		}
		if d.IdP == "" || d.Protocol == "" {
			return nil, nil, false
		}
		idps, protocols = append(idps, d.IdP), append(protocols, d.Protocol)
	}
	slices.Sort(idps)
	slices.Sort(protocols)
	return slices.Compact(idps), slices.Compact(protocols), len(idps) > 0
}

// ourCloud reports whether a cloud's Keystone is one of the site's virtual hosts.
func ourCloud(s *subject.Site, c cloud) bool {
	u := c.url("auth_url")
	return u != nil && slices.ContainsFunc(s.Vhosts(), func(v *subject.Vhost) bool {
		return len(v.Doors()) > 0 && (strings.EqualFold(v.Server.Name, u.Hostname()) || slices.ContainsFunc(v.Server.Aliases, func(a string) bool { return strings.EqualFold(a, u.Hostname()) }))
	})
}
