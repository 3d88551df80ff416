package keystone

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// Keystone's options that decide over federated logins, of all releases from Victoria
// to 2026.1 (keystone/conf/federation.py, auth.py, token.py).
var (
	federationOptions = []string{"driver", "assertion_prefix", "remote_id_attribute", "federated_domain_name", "trusted_dashboard", "sso_callback_template",
		"caching", "default_authorization_ttl", "attribute_mapping_default_schema_version"}
	authOptions = []string{"methods", "password", "token", "external", "oauth1", "mapped", "application_credential", "additional_primary_auth_methods"}
)

// sections are those of Keystone and its libraries, by their names in lower case.
var sections = []string{"application_credential", "assignment", "auth", "cache", "catalog", "cors", "credential", "database", "domain_config", "endpoint_filter", "endpoint_policy",
	"eventlet_server", "federation", "fernet_receipts", "fernet_tokens", "healthcheck", "identity", "identity_mapping", "jwt_tokens", "ldap", "memcache", "oauth1", "oauth2", "oslo_concurrency",
	"oslo_messaging_amqp", "oslo_messaging_kafka", "oslo_messaging_metrics", "oslo_messaging_notifications", "oslo_messaging_rabbit", "oslo_middleware", "oslo_policy", "oslo_reports", "policy", "profiler",
	"receipt", "resource", "revoke", "role", "saml", "security_compliance", "shadow_users", "token", "tokenless_auth", "totp", "trust", "unified_limit", "wsgi", "openid", "saml2", "mapped", "x509"}

// homes are the sections of options that people look for elsewhere. remote_id_attribute
// is none of them: each protocol's section may have it.
var homes = map[string]string{
	"trusted_dashboard": "federation", "sso_callback_template": "federation", "assertion_prefix": "federation", "default_authorization_ttl": "federation",
	"attribute_mapping_default_schema_version": "federation", "federated_domain_name": "federation", "methods": "auth",
	"insecure_debug": "DEFAULT", "public_endpoint": "DEFAULT", "enable_proxy_headers_parsing": "oslo_middleware",
}

// values calls a function with each assignment of keystone.conf, and its section.
func values(s *subject.Site, take func(s oslo.Section, v oslo.Value)) {
	if s.Keystone == nil {
		return
	}
	for _, f := range s.Keystone.Conf.Files() {
		for _, section := range f.Sections {
			for _, v := range section.Values {
				take(section, v)
			}
		}
	}
}

// ours reports whether an option is one that decides over federated logins, so that
// rules about its writing speak.
func ours(section, key string) bool {
	switch {
	case oslo.Same(section, "federation"):
		return slices.Contains(federationOptions, key)
	case oslo.Same(section, "auth"):
		return true
	}
	return key == "remote_id_attribute" || homes[key] != "" && oslo.Same(section, homes[key])
}

// takes gives the options of a section in which every other name is a mistake; nil for
// others.
func takes(s *subject.Site, section string) []string {
	switch {
	case oslo.Same(section, "federation"):
		return federationOptions
	case oslo.Same(section, "auth"):
		names, _, _, _ := methods(s)
		return append(slices.Concat(authOptions, mappedMethods, []string{"kerberos", "totp"}), names...)
	case slices.ContainsFunc(mappedMethods, func(m string) bool { return oslo.Same(section, m) }):
		return []string{"remote_id_attribute"}
	}
	return nil
}

// almost gives the option that a name was most likely meant for: with other dashes or
// case, or a slip of the hand.
func almost(name string, known []string) string {
	plain := strings.ToLower(strings.ReplaceAll(name, "-", "_"))
	if slices.Contains(known, plain) {
		return plain
	}
	return finding.Nearest(plain, known)
}

// rename writes another name for an option.
func rename(v oslo.Value, name string) *finding.Fix {
	return &finding.Fix{Title: "call it " + name, Edits: []finding.Edit{{At: v.KeyAt, Text: name}}}
}

// shared is what findings about an option share with others.
func shared(key string) []any {
	if key == "remote_id_attribute" {
		return []any{option(key), aboutRemoteID}
	}
	return []any{option(key)}
}

// each reports a finding about each assignment that a test finds wrong.
func each(p *rule.Pass, judge func(s oslo.Section, v oslo.Value) (f finding.Finding, about []any, wrong bool)) {
	values(p.Site, func(s oslo.Section, v oslo.Value) {
		if f, about, wrong := judge(s, v); wrong {
			p.Report(f, about...)
		}
	})
}
