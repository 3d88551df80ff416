package templates

import (
	"cmp"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// cacheSlots say where the module keeps what several controllers may share. Its
// servers are one argument, cut at blanks (src/cache/memcache.c).
func (j *job) cacheSlots(s *slots) {
	cache := j.fed.HTTPD.Cache
	kind := cmp.Or(cache.Type.Value, "shm")
	s.fact("Shm", kind == "shm")
	s.fact("Memcache", kind == "memcache")
	s.fact("Redis", kind == "redis")
	s.one("CacheType", kind)
	s.one("CacheServers", strings.Join(plainTexts(cache.Servers), " "))
	s.fact("CachePassworded", cache.Password.Given())
	s.one("CachePassword", j.cachePassword)
	s.fact("InCookie", j.inCookie())
	s.one("SessionType", j.sessionType())
}

// cacheSecret fetches redis' password.
func (j *job) cacheSecret() error {
	given := j.fed.HTTPD.Cache.Password
	if !given.Given() {
		return nil
	}
	v, err := j.secret("httpd.cache.password", given)
	j.cachePassword = v.Reveal()
	return err
}

func (j *job) inCookie() bool { return j.fed.HTTPD.Sessions.Value == spec.SessionsInCookie }

// storesIDToken is the first tabled version that can keep the ID token in a
// cookie; 2.4.9.4 cannot.
const storesIDToken = "2.4.12.3"

// sessionType: the ID token makes the cookie larger. It is for the issuer, who
// else asks whether one really wants to log out (OpenID Connect RP-Initiated
// Logout 1.0, section 2).
func (j *job) sessionType() string {
	if j.logsOut() && platform.CompareVersions(j.platform.Module, storesIDToken) >= 0 {
		return "client-cookie:store_id_token"
	}
	return "client-cookie"
}
