package fleet

import (
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func dashboardDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "dashboard-differs",
		Severity: finding.Warning,
		Title:    "Horizon offers other logins on one controller than on another",
		Why: "The login page is made on the machine to which the load balancer has sent the browser. Where the choices, what they lead to, or the address of Keystone are not the same everywhere, users see another list with each reload, " +
			"and a choice leads to another identity provider, or to none.",
		Mend:   "The same settings on all controllers, and a reload of httpd: Horizon reads them at its start.",
		Source: "horizon, openstack_auth/forms.py and openstack_auth/views.py, login",
		Fleet: func(p *rule.FleetPass) {
			var all []*subject.Site
			for _, s := range p.Sites {
				if s.Dashboard != nil {
					all = append(all, s)
				}
			}
			for _, name := range []string{"WEBSSO_ENABLED", "WEBSSO_CHOICES", "WEBSSO_IDP_MAPPING", "WEBSSO_KEYSTONE_URL", "OPENSTACK_KEYSTONE_URL"} {
				if v, differ := count(offered(all, name)); differ {
					p.Report(v.finding(fmt.Sprintf("%s is not the same on %s as on %s", name, names(v.others), names(v.most)), "# the same on all controllers\n"+name+" = …"), v.about()...)
				}
			}
		},
	}
}

// offered gives the voices about a setting, of the machines on which it can be told.
func offered(all []*subject.Site, name string) []voice {
	var out []voice
	for _, s := range all {
		mark, at, known := told(s.Dashboard, name)
		if at == (finding.Range{}) {
			at.Path = s.Dashboard.Files[0]
		}
		if known {
			out = append(out, voice{machine: s.Name, mark: mark, at: at})
		}
	}
	return out
}

// told writes down a setting, to compare it.
func told(d *subject.Dashboard, name string) (mark string, at finding.Range, known bool) {
	switch name {
	case "WEBSSO_ENABLED":
		on, known, at := d.On(name, false)
		return fmt.Sprint(on), at, known
	case "WEBSSO_CHOICES":
		choices, at, known := d.Choices()
		for _, c := range choices {
			mark += c.Key + "\n"
		}
		return mark, at, known
	case "WEBSSO_IDP_MAPPING":
		targets, at, known := d.Targets()
		for _, key := range slices.Sorted(maps.Keys(targets)) {
			mark += fmt.Sprintf("%q %q %q\n", key, targets[key].IdP, targets[key].Protocol)
		}
		return mark, at, known
	}
	return d.Text(name)
}
