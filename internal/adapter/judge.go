package adapter

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	wire "github.com/fedstone/fedstone/internal/register/adapter"
)

// grants are those that a client may have here. The implicit grant gives tokens to
// whoever reads the browser's history (RFC 9700 section 2.1.2).
var grants = []string{"authorization_code", "refresh_token", "client_credentials", "password", "urn:ietf:params:oauth:grant-type:device_code"}

// Bounds of a client.
const (
	longestID  = 255
	mostURIs   = 50
	longestURI = 2000
)

// judge refuses a client that no identity provider ought to have. The id of the path
// stands for one that the body leaves out.
func judge(client *wire.Body, id string) error {
	if client.ID == "" {
		client.ID = id
	}
	switch {
	case client.ID != id:
		return unfit("client_id is another than that of the address")
	case !plainID(id):
		return unfit("client_id: expected 1 to 255 printable characters of ASCII without blanks, and no folder")
	case len(client.RedirectURIs) > mostURIs:
		return unfit("redirect_uris: too many")
	case strings.ContainsFunc(client.Name+client.Secret.Reveal(), control):
		return unfit("client_name or client_secret has a control character")
	}
	for _, g := range client.Grants {
		if !slices.Contains(grants, g) {
			return unfit("grant_types: one of them is not offered; expected " + strings.Join(grants, ", "))
		}
	}
	for _, u := range client.RedirectURIs {
		if !soundRedirect(u) {
			return &Problem{http.StatusBadRequest, "invalid_redirect_uri", "expected https://HOST/PATH, or http on loopback, without wildcard and fragment"}
		}
	}
	return nil
}

func unfit(text string) error {
	return &Problem{http.StatusBadRequest, "invalid_client_metadata", text}
}

func control(r rune) bool { return r < ' ' || r == 0x7f }

func plainID(id string) bool {
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	return id != "" && len(id) <= longestID && id != "." && id != ".." && !strings.ContainsFunc(id, odd)
}

// soundRedirect: compared as a string (RFC 9700 section 2.1), so that a wildcard is no
// use here and an open door elsewhere; http is for a native app's loopback alone (RFC
// 8252 section 7.3).
func soundRedirect(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > longestURI || strings.ContainsAny(text, "*#\\") || strings.ContainsFunc(text, control) || u.Host == "" || u.User != nil {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
