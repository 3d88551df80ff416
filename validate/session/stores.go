package session

import (
	"fmt"
	"path"
	"strings"

	"github.com/fedstone/fedstone/validate/subject"
)

// store says where a virtual host keeps its sessions, to compare it; "" for a place
// of its own. Cookies of one host name are one place for all its ports.
func store(v *subject.Vhost) string {
	if cookieSession(v) {
		return "cookie " + strings.ToLower(v.Value("oidccookie"))
	}
	switch kind := cacheType(v); kind {
	case "file":
		return kind + " " + cacheDir(v)
	case "memcache":
		return kind + " " + v.Value("oidcmemcacheservers")
	case "redis":
		return fmt.Sprintf("%s %s %s", kind, v.Value("oidcrediscacheserver"), v.Value("oidcrediscachedatabase"))
	}
	return ""
}

// cacheDir gives the folder of the cache `file`: the system's for temporary files
// where none is set.
func cacheDir(v *subject.Vhost) string {
	if dir := v.Value("oidccachedir"); dir != "" {
		return path.Clean(dir)
	}
	return "/tmp"
}

// serversOf gives the directive that names the servers of a kind of cache, "" where
// it has none.
func serversOf(kind string) string {
	return map[string]string{"memcache": "OIDCMemCacheServers", "redis": "OIDCRedisCacheServer", "file": "OIDCCacheDir"}[kind]
}
