package startup

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// vocabulary is the words that a directive takes. every: each argument is one of
// them, else the first alone. parts: a word may go on behind a colon.
type vocabulary struct {
	values []string
	every  bool
	parts  bool
}

// words are the directives whose values are the same in every known version, or of
// which the words of all versions are given.
func words() map[string]vocabulary {
	onOff := vocabulary{values: []string{"On", "Off", "true", "false", "yes", "no", "1", "0"}}
	return map[string]vocabulary{
		"oidccachetype":                 {values: []string{"shm", "memcache", "redis", "file"}},
		"oidcsessiontype":               {values: []string{"server-cache", "client-cookie"}, parts: true},
		"oidcpassclaimsas":              {values: []string{"both", "headers", "environment", "none"}},
		"oidcpkcemethod":                {values: []string{"plain", "S256", "none", "referred_tb"}},
		"oidccookiesamesite":            {values: []string{"On", "Off", "Strict", "Lax", "None", "Disabled"}},
		"oidcunauthaction":              {values: []string{"auth", "pass", "401", "407", "410"}},
		"oidcunautzaction":              {values: []string{"auth", "401", "403", "302"}},
		"oidcoauthaccepttokenas":        {values: []string{"header", "post", "query", "cookie", "basic"}, every: true, parts: true},
		"oidcpassidtokenas":             {values: []string{"claims", "payload", "serialized", "off"}, every: true},
		"oidcpassuserinfoas":            {values: []string{"claims", "json", "jwt", "signed_jwt"}, every: true, parts: true},
		"oidcresponsemode":              {values: []string{"fragment", "query", "form_post"}},
		"oidcresponsetype":              {values: []string{"code", "id_token", "id_token token", "code id_token", "code token", "code id_token token"}},
		"oidcuserinfotokenmethod":       {values: []string{"authz_header", "post_param"}},
		"oidcproviderauthrequestmethod": {values: []string{"GET", "POST", "PAR"}},
		"oidcstateinputheaders":         {values: []string{"user-agent", "x-forwarded-for", "both", "none"}},
		"oidcsslvalidateserver":         onOff, "oidcoauthsslvalidateserver": onOff, "oidcvalidateissuer": onOff, "oidccookiehttponly": onOff,
		"oidccacheencrypt": onOff, "oidcpassrefreshtoken": onOff,
	}
}

// notAmong gives the first argument that is none of the words; -1 where all are.
func notAmong(c *httpdconf.Command, allowed vocabulary) (int, string) {
	for i, value := range c.Argv() {
		word := value
		if allowed.parts {
			word, _, _ = strings.Cut(value, ":")
		}
		if !strings.Contains(value, "${") && !slices.ContainsFunc(allowed.values, func(v string) bool { return strings.EqualFold(v, word) }) {
			return i, value
		}
		if !allowed.every {
			break
		}
	}
	return -1, ""
}

// oneOf lists words for a sentence.
func oneOf(values []string) string {
	return strings.Join(values[:len(values)-1], ", ") + " or " + values[len(values)-1]
}

// nearest gives the line with the word that was most likely meant.
func nearest(name, seen string, values []string) string {
	if near := finding.Nearest(seen, values); near != "" {
		return name + " " + near
	}
	return name + " " + values[0]
}
