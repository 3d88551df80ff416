package session

import (
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func secretReadable() rule.Rule {
	return rule.Rule{
		Slug:     "secret-readable",
		Severity: finding.Error,
		Title:    "every user of the machine can read a secret",
		Why: "The file holds the client's secret or the passphrase, and its mode lets everybody on the machine read it: every service, every shell user. With the passphrase he makes the module's cookies, with the secret he acts as Keystone at the issuer. " +
			"httpd reads its configuration as root, so that nobody else has to be able to. The rule looks at files below /etc of whole machines only (a root with etc/passwd in it): the modes of files in a repository say nothing.",
		Mend:   "Mode 0640, owner root, and the group that has to read it, or 0600.",
		Source: "httpd, misc/security_tips (Permissions on ServerRoot Directories); open(2) is done before setuid, server/main.c",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				if !t.Machine() {
					continue
				}
				seen := map[string]bool{}
				for _, s := range secrets(t) {
					if source := s.Unit().Source; source != nil && !seen[source.Path] && strings.HasPrefix(source.Path, "/etc/") {
						seen[source.Path] = true
						if readableByAll(t, source.Path) {
							p.On(s, finding.Finding{
								Message: s.Name + " stands in a file whose mode lets every user of the machine read it",
								Hint:    "chmod 0640 " + source.Path,
							})
						}
					}
				}
			}
		},
	}
}

// readableByAll reports whether everybody can get at a file.
func readableByAll(t *subject.Tree, name string) bool {
	info, _, err := t.Stat(name)
	if err != nil || info.Mode().Perm()&0o004 == 0 {
		return false
	}
	for dir := path.Dir(name); dir != "/" && dir != "."; dir = path.Dir(dir) {
		if above, _, err := t.Stat(dir); err != nil || above.Mode().Perm()&0o001 == 0 {
			return false
		}
	}
	return true
}
