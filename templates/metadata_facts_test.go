package templates_test

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/platform"
)

// metadataFact is something that mod_auth_openidc does with a metadata directory:
// a login that is begun at the redirect URI goes to the issuer, or does not.
type metadataFact struct {
	fact  string
	of    *optest.Server    // nil: the one that is several issuers
	path  string            // of the issuer, behind the provider's address
	files map[string]string // what is changed in or added to the provider's files, by suffix
	name  string            // of the files, where it is not the module's own
	iss   string            // as it is asked for, where it is not the issuer
	goes  bool
	with  string // what stands in the request to the issuer
}

// metadataFacts are src/metadata.c's, in the order of the files.
func metadataFacts(address string) []metadataFact {
	bare := strings.TrimPrefix(address, "https://")
	return []metadataFact{
		{fact: "the name is the issuer without https, percent-encoded in capitals", path: "/realms/a", goes: true},
		{fact: "one final slash is not part of the name", path: "/final/", name: platform.Escape(bare + "/final"), goes: true},
		{fact: "an issuer may be asked for without its final slash", path: "/final2/", iss: address + "/final2", goes: true},
		{fact: "an issuer may be asked for with a slash more", path: "/final3", iss: address + "/final3/", goes: true},
		{fact: "small letters in the name's hex are not found", path: "/small", name: strings.ToLower(platform.Escape(bare + "/small"))},
		{fact: "a colon in the name is not found", path: "/colon", name: strings.Replace(platform.Escape(bare+"/colon"), "%3A", ":", 1)},
		{fact: "a name with the scheme is not found", path: "/scheme", name: platform.Escape(address + "/scheme")},
		{fact: "http finds the file of https, and is not its issuer", path: "/http", iss: "http://" + bare + "/http"},
		{fact: "an issuer without a scheme finds the file, and is not its issuer", path: "/bare", iss: bare + "/bare"},
		{fact: "the member issuer must be the one asked for", path: "/member", files: map[string]string{".provider": `"issuer": "https://other.example.org"`}},

		{fact: "authorization_endpoint is required", path: "/authorize", files: map[string]string{".provider": `"authorization_endpoint": null`}},
		{fact: "response_types_supported may be missing", path: "/types", files: map[string]string{".provider": `"response_types_supported": null`}, goes: true},
		{fact: "response_types_supported must name one that is known", path: "/types2", files: map[string]string{".provider": `"response_types_supported": ["magic"]`}},
		{fact: "response_modes_supported must name one that is known", path: "/modes", files: map[string]string{".provider": `"response_modes_supported": ["pigeon"]`}},
		{fact: "an endpoint must be an http address", path: "/ftp", files: map[string]string{".provider": `"authorization_endpoint": "ftp://127.0.0.1/authorize"`}},

		{fact: "client_id is required", path: "/id", files: map[string]string{".client": `"client_id": null`}},
		{fact: "client_secret may be missing", path: "/secret", files: map[string]string{".client": `"client_secret": null`}, goes: true},
		{fact: "a secret that has expired is not used", path: "/expired", files: map[string]string{".client": `"client_secret_expires_at": 1000`}},
		{fact: "an expiry of 0 is none", path: "/never", files: map[string]string{".client": `"client_secret_expires_at": 0`}, goes: true},
		{fact: "the first of response_types is taken where the configured one is not among them", path: "/first", files: map[string]string{".client": `"response_types": ["code id_token"]`, ".conf": `"response_type": null`}, goes: true, with: "response_type=code%20id_token"},
		{fact: "other members of .client are passed over", path: "/more", files: map[string]string{".client": `"application_type": "web", "redirect_uris": ["https://other.example.org"]`}, goes: true},

		{fact: "scope is the provider's own", path: "/scope", files: map[string]string{".conf": `"scope": "openid groups"`}, goes: true, with: "scope=openid%20groups"},
		{fact: "pkce_method is the provider's own", path: "/pkce", files: map[string]string{".conf": `"pkce_method": "S256"`}, goes: true, with: "code_challenge_method=S256"},
		{fact: "auth_request_params is the provider's own", path: "/params", files: map[string]string{".conf": `"auth_request_params": "kc_idp_hint=x"`}, goes: true, with: "kc_idp_hint=x"},
		{fact: "response_mode is the provider's own", path: "/mode", files: map[string]string{".conf": `"response_mode": "form_post"`}, goes: true, with: "response_mode=form_post"},
		{fact: "issuer_specific_redirect_uri is still read", path: "/specific", files: map[string]string{".conf": `"issuer_specific_redirect_uri": 1`}, goes: true, with: "callback%3Fiss%3D"},
		{fact: "a key of a newer version is passed over", path: "/newer", files: map[string]string{".conf": `"profile": "FAPI20", "response_require_iss": true`}, goes: true, with: "response_type=code"},
		{fact: "a file without a method of its own", path: "/fallback", files: map[string]string{".conf": `"pkce_method": null`}, goes: true},
		{fact: "a key that does not exist is passed over", path: "/prefix", files: map[string]string{".conf": `"claim_prefix": "OTHER-", "redirect_uri": "https://other.example.org"`}, goes: true},
	}
}

// TestMetadataFacts asks the running module.
func TestMetadataFacts(t *testing.T) {
	m := startMetadata(t)
	for _, f := range metadataFacts(m.issuer.URL) {
		t.Run(f.fact, func(t *testing.T) {
			m.another(t)
			issuer := m.issuer.URL + f.path
			resp, body := m.ask(t, "plain", callback+"?iss="+url.QueryEscape(cmp.Or(f.iss, issuer))+"&target_link_uri="+url.QueryEscape(m.at("plain")+"/page"))
			location := resp.Header.Get("Location")
			if goes := strings.HasPrefix(location, m.issuer.URL+"/authorize?"); goes != f.goes || !strings.Contains(location, f.with) {
				t.Errorf("got %d to %q\n%s\n%s", resp.StatusCode, location, body, m.said(issuer))
			}
		})
	}
}

// TestMetadataIsNotFetched: documents that are there are never asked for again;
// those of a name that is not found are, for whoever has the page's cookie.
func TestMetadataIsNotFetched(t *testing.T) {
	m := startMetadata(t)
	for path, want := range map[string]bool{"/realms/a": false, "/small": true} {
		_, list := m.ask(t, "plain", "/page")
		m.ask(t, "plain", callback+"?iss="+url.QueryEscape(m.issuer.URL+path)+"&target_link_uri="+url.QueryEscape(m.at("plain")+"/page")+"&x_csrf="+guardOf(list))
		if asked := m.issuer.Asked(path+"/.well-known/openid-configuration") > 0; asked != want {
			t.Errorf("%s: asked for its document %v, want %v", path, asked, want)
		}
	}
}

// TestVhostFallback: what a provider's .conf does not say, the vhost does. From
// 2.4.16.7 on it no longer does so for pkce_method.
func TestVhostFallback(t *testing.T) {
	m := startMetadata(t)
	resp, body := m.ask(t, "fallback", callback+"?iss="+url.QueryEscape(m.issuer.URL+"/fallback")+"&target_link_uri="+url.QueryEscape(m.at("fallback")+"/page"))
	for _, want := range []string{"scope=openid%20of-the-vhost", "code_challenge_method=S256"} {
		if location := resp.Header.Get("Location"); !strings.Contains(location, want) {
			t.Errorf("no %s: %d to %q\n%s", want, resp.StatusCode, location, body)
		}
	}
}

// TestDiscoveryAnswer: what else whoever calls may say at the redirect URI; scopes
// are added to the provider's. From 2.4.20 on it needs the cookie.
func TestDiscoveryAnswer(t *testing.T) {
	m := startMetadata(t)
	resp, body := m.ask(t, "plain", callback+"?iss="+url.QueryEscape(m.one.URL)+"&target_link_uri="+url.QueryEscape(m.at("plain")+"/page")+
		"&login_hint=alice&scopes=openid%20more&auth_request_params=prompt%3Dnone")
	for _, want := range []string{"login_hint=alice", "openid%20more", "prompt=none"} {
		if location := resp.Header.Get("Location"); !strings.Contains(location, want) {
			t.Errorf("no %s: %d to %q\n%s", want, resp.StatusCode, location, body)
		}
	}
}

// TestMetadataNames: what the module looks for is what we write.
func TestMetadataNames(t *testing.T) {
	for issuer, want := range map[string]string{
		"https://accounts.google.com":                   "accounts.google.com",
		"https://idp.example/":                          "idp.example",
		"https://kc.example.org:8443/realms/a":          "kc.example.org%3A8443%2Frealms%2Fa",
		"https://login.microsoftonline.com/tenant/v2.0": "login.microsoftonline.com%2Ftenant%2Fv2.0",
		"http://idp.example":                            "idp.example",
	} {
		if got := platform.MetadataName(issuer); got != want {
			t.Errorf("%s: got %s, want %s", issuer, got, want)
		}
	}
}

// TestMetadataNeedsNoEscape: an issuer in the query may stand as it is.
func TestMetadataNeedsNoEscape(t *testing.T) {
	m := startMetadata(t)
	resp, body := m.ask(t, "plain", callback+"?iss="+m.issuer.URL+"/realms/a&target_link_uri="+m.at("plain")+"/page")
	if location := resp.Header.Get("Location"); !strings.HasPrefix(location, m.issuer.URL+"/authorize?") {
		t.Errorf("got %d to %q\n%s", resp.StatusCode, location, body)
	}
}

// TestMetadataDirectoryIsNotWritten: where httpd can write the directory, the
// module fetches the document of an issuer that nobody configured, keeps it, and
// registers itself, for whoever calls; where it cannot, nothing comes to be. What
// guards the request is a cookie that its own list of providers sets.
func TestMetadataDirectoryIsNotWritten(t *testing.T) {
	m := startMetadata(t)
	m.issuer.Document["issuer"] = m.issuer.URL
	m.issuer.Document["registration_endpoint"] = m.issuer.URL + "/register"
	m.issuer.Handle("/register", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprint(w, `{"client_id": "by-itself", "client_secret": "a-secret-of-this-test"}`)
	})
	for site, want := range map[string]bool{"open": true, "plain": false} {
		m.another(t)
		_, list := m.ask(t, site, "/page")
		guard := guardOf(list)
		if guard == "" {
			t.Fatalf("%s: no list of providers:\n%s", site, list)
		}
		resp, _ := m.ask(t, site, callback+"?iss="+url.QueryEscape(m.issuer.URL)+"&target_link_uri="+url.QueryEscape(m.at(site)+"/page")+"&x_csrf="+guard)
		goes := strings.Contains(resp.Header.Get("Location"), "client_id=by-itself")
		if goes != want || m.has(t, site, platform.MetadataName(m.issuer.URL)+".client") != want {
			t.Errorf("%s: registered %v, want %v: %d to %s", site, goes, want, resp.StatusCode, resp.Header.Get("Location"))
		}
	}
}

// guardOf finds the value that stands in the list's links or in its form.
func guardOf(list string) string {
	found := regexp.MustCompile(`x_csrf(?:=|" value=")([A-Za-z0-9_-]+)`).FindStringSubmatch(list)
	if found == nil {
		return ""
	}
	return found[1]
}
