package spec

import "fmt"

func (l *loader) cache(f *Federation) {
	c := f.HTTPD.Cache
	switch kind := c.Type.Value; {
	case l.failedAt(c.Type.At): // of a type that nobody knows, nothing is to be said
	case kind != "shm" && len(c.Servers) == 0 && !l.failedAbout("httpd.cache.servers"):
		l.fail("cache-servers", c.Type.At, "cache type "+kind+" needs servers", `servers: ["10.0.0.11:11211"]`)
	case kind == "shm" && len(c.Servers) > 0:
		l.fail("cache-servers", c.Servers[0].At, "cache type shm takes no servers: it is local to one httpd", "type: memcache")
	case kind == "redis" && len(c.Servers) > 1:
		l.fail("cache-servers", c.Servers[1].At, "cache type redis takes one server: mod_auth_openidc takes no more", "a name or address that moves with the master, or type: memcache")
	}
	if c.Password.Given() && c.Type.Value != "redis" {
		l.fail("cache-password", c.Password.At, "cache type "+c.Type.Value+" takes no password, expected it with type redis alone", "type: redis")
	}
	for _, s := range c.Servers {
		l.hostPort(s, "httpd.cache.servers")
	}
	l.redisBuild(f)
}

// redisBuild: EL's packages of the module are built without hiredis, and httpd
// does not start with a directive it does not know.
func (l *loader) redisBuild(f *Federation) {
	p := f.Target()
	if f.HTTPD.Cache.Type.Value == "redis" && p.Name != "" && !p.Layout.RedisSupported {
		l.fail("cache-redis", f.HTTPD.Cache.Type.At, "mod_auth_openidc of "+p.Name+" is built without redis",
			"type: memcache, with servers; or sessions: cookie, which needs no shared cache")
	}
}

// sharedCache warns at what there are several of, since shm is mostly the default.
func (l *loader) sharedCache(f *Federation) {
	if f.HTTPD.Cache.Type.Value != "shm" || f.HTTPD.Sessions.Value == SessionsInCookie {
		return
	}
	what, at := "", f.Platform.At
	switch {
	case f.Target().Pods:
		what = "pods"
	case len(f.Controllers) > 1:
		what, at = fmt.Sprintf("%d controllers", len(f.Controllers)), f.Controllers[0].Name.At
	default:
		return
	}
	l.warn("cache-shm", at, what+" with cache type shm: a browser's session is known to one of them only",
		`cache: {type: memcache, servers: ["10.0.0.11:11211"]}, or sessions: cookie, or sticky sessions in the load balancer`)
}
