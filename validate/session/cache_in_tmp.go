package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cacheInTmp() rule.Rule {
	return rule.Rule{
		Slug:     "cache-in-tmp",
		Severity: finding.Warning,
		Title:    "sessions are files in a folder that everybody writes to",
		Why: "`OIDCCacheType file` writes sessions and tokens as files, into the system's folder for temporary files where `OIDCCacheDir` does not name another. Everybody on the machine may make files there under the names that the module will use. " +
			"Where the service has a /tmp of its own (`PrivateTmp`), it is emptied at each restart, and all sessions with it.",
		Mend:   "A folder of its own, which only httpd's user can enter, in `OIDCCacheDir`; or `OIDCCacheType shm`.",
		Source: "mod_auth_openidc, src/cache/file.c, oidc_cache_file_path (apr_temp_dir_get)",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "oidccachetype") {
				dir := cacheDir(s.Vhost)
				if cacheType(s.Vhost) != "file" || !temporary(dir) {
					continue
				}
				at := s.at
				if c := s.Command("oidccachedir"); c != nil {
					at = c
				}
				p.On(at, finding.Finding{
					Message: "sessions and tokens are kept as files in " + dir + ", where every user of the machine may write",
					Hint:    "# mkdir -m 0700, owned by httpd's user\nOIDCCacheDir /var/cache/httpd/mod_auth_openidc/cache",
				}, s.Vhost)
			}
		},
	}
}

// temporary reports whether everybody may write to a folder, or to what holds it.
func temporary(dir string) bool {
	for _, t := range []string{"/tmp", "/var/tmp", "/dev/shm"} {
		if dir == t || strings.HasPrefix(dir, t+"/") {
			return true
		}
	}
	return false
}
