package fleet

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func sessionCacheLocal() rule.Rule {
	return rule.Rule{
		Slug:     "session-cache-local",
		Severity: finding.Warning,
		Title:    "each controller knows its own sessions only",
		Why: "The cache `shm`, the default, is the memory of one httpd. A session that was made at one controller is not known to the others: where the load balancer sends the next request elsewhere, the user is sent to the issuer again, " +
			"and Keystone's websso path, which is called right behind the redirect URI, fails or goes round in circles.",
		Mend:   "`OIDCCacheType memcache` or `redis` with the same servers on all controllers; or `OIDCSessionType client-cookie`; or have the load balancer keep a browser at one controller, and say so with a comment (`# fedstone:ignore session-cache-local sticky`).",
		Source: "mod_auth_openidc, src/cache/shm.c; auth_openidc.conf, OIDCCacheType",
		Fleet: func(p *rule.FleetPass) {
			for _, s := range alike(machines(p)) {
				var local []voice
				for i, v := range s.hosts {
					if v.RelyingParty() && ownMemory(v) {
						at := v.At()
						if c := v.Command("oidccachetype"); c != nil {
							at = c.At()
						}
						local = append(local, voice{machine: s.machines[i].Name, at: at, about: v})
					}
				}
				if len(local) == 0 {
					continue
				}
				f := finding.Finding{At: local[0].at, Hint: "OIDCCacheType memcache\nOIDCMemCacheServers \"CONTROLLER1:11211 CONTROLLER2:11211\"",
					Message: fmt.Sprintf("%s %s sessions in the memory of one httpd: a browser that the load balancer sends elsewhere has to log in again", names(local), keeps(local))}
				p.Report(also(f, local), vote{most: local}.about()...)
			}
		},
	}
}

func keeps(voices []voice) string {
	if len(voices) == 1 {
		return "keeps"
	}
	return "keep"
}

// ownMemory reports whether a virtual host keeps sessions in the memory of its httpd.
func ownMemory(v *subject.Vhost) bool {
	kind := strings.ToLower(v.Value("oidccachetype"))
	return (kind == "" || kind == "shm") && !strings.HasPrefix(strings.ToLower(v.Value("oidcsessiontype")), "client-cookie")
}
