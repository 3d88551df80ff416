package metadata

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func confKeyOfOtherVersion(r *reader) rule.Rule {
	keys := platform.ConfKeys()
	return rule.Rule{
		Slug:     "conf-key-of-other-version",
		Severity: finding.Warning,
		Title:    "a .conf file has a member that this version of the module does not read",
		Why: "What was written for a newer module, or left over from an older one, is passed over without a word, and the default counts. " +
			"httpd refuses an unknown directive; an unknown member of a `.conf` file it does not.",
		Mend:   "Remove the member, or use a version of the module that reads it.",
		Source: "mod_auth_openidc, ChangeLog, and src/metadata.c of the versions",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, m := range members(i.Conf) {
				k := keys[m.Key]
				f := finding.Finding{Hint: "remove the member"}
				switch {
				case k.Since != "" && i.before(k.Since):
					f.Message = fmt.Sprintf("mod_auth_openidc %s does not read %q, version %s is the first", i.module(), m.Key, k.Since)
				case k.Until != "" && i.since(k.Until) && platform.CompareVersions(i.module(), k.Until) > 0:
					f.Message = fmt.Sprintf("mod_auth_openidc %s does not read %q any more, version %s was the last", i.module(), m.Key, k.Until)
				default:
					continue
				}
				i.on(p, i.Conf, &engine.Node{At: m.KeyAt}, f)
			}
		}),
	}
}
