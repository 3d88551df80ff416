package dashboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/clouds"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsAuthTypeUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-auth-type-unknown",
		Severity: finding.Error,
		Title:    "a cloud names an auth type that no client has",
		Why:      "`auth_type` names the plugin that logs in, letter by letter: `v3oidcaccesstoken`, `v3oidcclientcredentials`, `v3oidcpassword`. One that is not installed ends every command with \"The plugin … could not be found\".",
		Mend:     "Write the plugin's name.",
		Source:   "keystoneauth, its entry points keystoneauth1.plugin; openstacksdk, openstack/config/loader.py",
		Check: func(p *rule.Pass) {
			known := types()
			each(p, func(c cloud) {
				t := c.AuthType
				if t.Type != clouds.Str || t.Text == "" || slices.Contains(known, t.Text) {
					return
				}
				f := finding.Finding{
					At: t.At, Severity: finding.Warning,
					Message: fmt.Sprintf("cloud %s has the auth_type %q, which is none of keystoneauth's: unless a package brings it, no command works", c.Name, t.Text),
					Hint:    "auth_type: v3oidcaccesstoken",
				}
				plain := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(t.Text))
				near := finding.Nearest(plain, known)
				if slices.Contains(known, plain) {
					near = plain
				}
				if near == "" && slices.Contains(known, "v3"+plain) {
					near = "v3" + plain
				}
				if near != "" {
					f.Severity = finding.Error
					f.Message = fmt.Sprintf("cloud %s has the auth_type %q; keystoneauth has %s: no command works", c.Name, t.Text, near)
					f.Hint, f.Fix = "auth_type: "+near, replaced(t.At, near, "write "+near)
				}
				p.Report(f, t.At)
			})
		},
	}
}
