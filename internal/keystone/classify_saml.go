package keystone

import (
	"net/http"
	"net/url"
	"strings"
)

// mellon: mod_auth_mellon sends whoever has no session to its own login, which it
// gives the way back (auth_mellon_util.c, am_get_endpoint_url; auth_mellon_handler.c,
// am_start_auth), and its cookies are named after it (auth_mellon_cookie.c). Its
// error pages are httpd's.
func mellon(a Answer) bool {
	u, err := url.Parse(a.Header.Get("Location"))
	return err == nil && redirects(a) && strings.HasSuffix(u.Path, "/login") && u.Query().Has("ReturnTo") || hasCookie(a, "mellon-")
}

// shibboleth: mod_shib marks its sessions and the requests that it has sent to an
// identity provider by cookies (shibsp/handler/impl/AbstractHandler.cpp), writes
// its envelopes without a type of httpd's, and its pages name it.
func shibboleth(a Answer) bool {
	return hasCookie(a, "_shibsession_") || hasCookie(a, "_shibstate_") || hasCookie(a, "_opensaml_req_") ||
		strings.Contains(string(a.Body), "opensaml::") || strings.Contains(string(a.Body), "shibsp::")
}

func redirects(a Answer) bool {
	return a.Status >= http.StatusMultipleChoices && a.Status < http.StatusBadRequest
}

func hasCookie(a Answer, prefix string) bool {
	for _, c := range a.Header.Values("Set-Cookie") {
		if strings.HasPrefix(c, prefix) {
			return true
		}
	}
	return false
}
