package claims_test

import "github.com/fedstone/fedstone/internal/claims"

// openIDCSites are configurations of mod_auth_openidc; the names are host names.
func openIDCSites() map[string]site {
	const keystone = "OIDCClaimPrefix OIDC-\nOIDCClaimDelimiter ;"
	asKeystone := func(m *claims.Module) { m.Prefix, m.Delimiter = "OIDC-", ";" }
	with := func(change func(*claims.Module)) func(*claims.Module) {
		return func(m *claims.Module) { asKeystone(m); change(m) }
	}
	pass := func(how claims.PassAs) func(*claims.Module) { return with(func(m *claims.Module) { m.PassAs = how }) }
	encode := func(how claims.Encoding) func(*claims.Module) {
		return with(func(m *claims.Module) { m.Encoding = how })
	}
	return map[string]site{
		"defaults":    {change: func(*claims.Module) {}},
		"keystone":    {server: keystone, change: asKeystone},
		"environment": {server: keystone, location: "OIDCPassClaimsAs environment", change: pass(claims.Environment)},
		"headers":     {server: keystone, location: "OIDCPassClaimsAs headers", change: pass(claims.Headers)},
		"nothing":     {server: keystone, location: "OIDCPassClaimsAs none", change: pass(claims.Nothing)},
		"base64url":   {server: keystone, location: "OIDCPassClaimsAs both base64url", change: encode(claims.Base64URL)},
		"latin1":      {server: keystone, location: "OIDCPassClaimsAs both latin1", change: encode(claims.Latin1)},
		"raw":         {server: keystone, location: "OIDCPassClaimsAs both none", change: encode(claims.Raw), since: "2.4.15"},
		"underscore":  {server: "OIDCClaimPrefix OIDC_", change: func(m *claims.Module) { m.Prefix = "OIDC_" }},
		"no-prefix":   {server: `OIDCClaimPrefix ""`, change: func(m *claims.Module) { m.Prefix = "" }},
		"two-characters": {server: "OIDCClaimPrefix OIDC-\nOIDCClaimDelimiter ab",
			change: func(m *claims.Module) { m.Prefix, m.Delimiter = "OIDC-", "ab" }},
		"backslash": {server: "OIDCClaimPrefix OIDC-\n" + `OIDCClaimDelimiter "\\"`,
			change: func(m *claims.Module) { m.Prefix, m.Delimiter = "OIDC-", `\` }},
		"remote-user": {server: keystone + "\nOIDCOAuthRemoteUserClaim preferred_username",
			change: with(func(m *claims.Module) { m.RemoteUser = "preferred_username" })},
	}
}

// oauth2Sites are configurations of mod_oauth2.
func oauth2Sites() map[string]site {
	prefix := func(p string, how claims.PassAs) func(*claims.Module) {
		return func(m *claims.Module) { m.Prefix, m.PassAs = p, how }
	}
	return map[string]site{
		"defaults":    {change: func(*claims.Module) {}},
		"keystone":    {location: "OAuth2TargetPass prefix=OIDC-", change: prefix("OIDC-", claims.Both)},
		"environment": {location: "OAuth2TargetPass prefix=OIDC-&headers=off", change: prefix("OIDC-", claims.Environment)},
		"headers":     {location: "OAuth2TargetPass prefix=OIDC-&envvars=off&headers=on", change: prefix("OIDC-", claims.Headers)},
		"off-alone":   {location: "OAuth2TargetPass prefix=OIDC-&envvars=off", change: prefix("OIDC-", claims.Both)}, // until liboauth2 2.2
		"nothing":     {location: "OAuth2TargetPass prefix=OIDC-&envvars=off&headers=off", change: prefix("OIDC-", claims.Nothing)},
		"underscore":  {location: "OAuth2TargetPass prefix=OIDC_", change: prefix("OIDC_", claims.Both)},
		"no-prefix":   {location: "OAuth2TargetPass prefix=", change: prefix("", claims.Both)},
		"remote-user": {location: "OAuth2TargetPass prefix=OIDC-&remote_user_claim=preferred_username", change: func(m *claims.Module) {
			m.Prefix, m.RemoteUser = "OIDC-", "preferred_username"
		}},
	}
}
