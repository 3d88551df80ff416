package metadata

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataSecretReadable(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-secret-readable",
		Severity: finding.Error,
		Title:    "every user of the machine can read a .client file",
		Why: "The file holds the client's secret at the issuer, and its mode lets everybody on the machine read it: every service, every shell user. With the secret he acts as Keystone at the issuer. " +
			"httpd reads these files as its own user, not as root, so that its group has to be able to. The rule looks at whole machines only (a root with etc/passwd in it): the modes of files in a repository say nothing.",
		Mend:   "Owner root, the group of httpd's user, mode 0640; the directory 0750.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_file_read_json; open(2) after setuid",
		Check: r.eachFolder(func(p *rule.Pass, f *subject.Folder, all []*issuer) {
			if !machine(f) || !reachable(f) {
				return
			}
			var open []string
			for _, i := range all {
				if i.Client != nil && i.Client.Info.Mode().Perm()&0o004 != 0 && textOf(i.Client, "client_secret") != "" {
					open = append(open, i.Client.Name)
				}
			}
			if len(open) == 0 {
				return
			}
			p.Report(finding.Finding{
				At:      finding.Range{Path: f.Show + "/" + open[0]},
				Message: fmt.Sprintf("every user of the machine can read the secret in %s", some(open)),
				Hint:    strings.ReplaceAll("chown root:GROUP DIR DIR/*.client\nchmod 0750 DIR\nchmod 0640 DIR/*.client", "DIR", shell(f.Path)),
			}, f)
		}),
	}
}
