package ecp

import (
	"net/http"
	"net/url"
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

// jar keeps cookies by host and port. A Domain is not looked at: mod_auth_mellon
// writes one that no client would take on a loopback name (`Domain=localhost`), and
// a cookie that goes back to its own host alone needs none. The zero jar is ready.
type jar struct{ hosts map[string]map[string]string }

func (j *jar) take(from *url.URL, h http.Header, mask *secret.Redactor) {
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if j.hosts == nil {
			j.hosts = map[string]map[string]string{}
		}
		if j.hosts[from.Host] == nil {
			j.hosts[from.Host] = map[string]string{}
		}
		if c.MaxAge < 0 || !c.Expires.IsZero() && c.Expires.Before(time.Now()) {
			delete(j.hosts[from.Host], c.Name)
			continue
		}
		mask.Add(secret.New(c.Value))
		j.hosts[from.Host][c.Name] = c.Value
	}
}

func (j *jar) add(to *url.URL, h http.Header) {
	r := http.Request{Header: h}
	for name, value := range j.hosts[to.Host] {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
}

// any reports whether there is a cookie of a URL's host.
func (j *jar) any(address string) bool {
	u, err := url.Parse(address)
	return err == nil && len(j.hosts[u.Host]) > 0
}
