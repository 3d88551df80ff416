package fleet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keystoneConfDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "keystone-conf-differs",
		Severity: finding.Error,
		Title:    "Keystone is set up differently on the controllers",
		Why: "What decides over a federated login (the methods, where the issuer's name is found, which dashboards are trusted) is read from each controller's keystone.conf. A login that one controller takes another refuses with 401, " +
			"and what Keystone says to users tells nothing of the reason.",
		Mend:   "The same options on all controllers, and a restart of Keystone where one was changed.",
		Source: "keystone, keystone/conf/federation.py and keystone/conf/auth.py",
		Fleet: func(p *rule.FleetPass) {
			var all []*subject.Site
			for _, s := range p.Sites {
				if s.Keystone != nil && len(s.Keystone.Conf.Files()) > 0 {
					all = append(all, s)
				}
			}
			for _, o := range options(all) {
				if v, differ := count(configured(all, o)); differ {
					p.Report(v.finding(fmt.Sprintf("[%s] %s is not the same on %s as on %s", o.section, o.key, names(v.others), names(v.most)),
						fmt.Sprintf("# the same on all controllers\n[%s]\n%s = …", o.section, o.key)), v.about()...)
				}
			}
		},
	}
}

// option is one of keystone.conf that decides over federated logins.
type option struct{ section, key string }

// options gives those of [auth] and [federation], and the sections that are named
// after protocols.
func options(all []*subject.Site) []option {
	out := []option{{"auth", "methods"}, {"federation", "remote_id_attribute"}, {"federation", "trusted_dashboard"}, {"federation", "assertion_prefix"},
		{"federation", "federated_domain_name"}, {"federation", "default_authorization_ttl"}, {"federation", "sso_callback_template"}, {"federation", "driver"}}
	for _, s := range all {
		for _, name := range s.Keystone.Conf.Sections() {
			o := option{name, "remote_id_attribute"}
			if _, ok := s.Keystone.Conf.Get(name, o.key); ok && !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

// configured gives the voices about an option: all that is assigned, in order, or of
// an option with one value what counts.
func configured(all []*subject.Site, o option) []voice {
	var out []voice
	for _, s := range all {
		one := voice{machine: s.Name, at: finding.Range{Path: s.Keystone.Conf.Files()[0].Path}}
		values := s.Keystone.Conf.All(o.section, o.key)
		if o.key != "trusted_dashboard" && len(values) > 1 {
			values = values[len(values)-1:]
		}
		for _, v := range values {
			one.mark += "\n" + normal(o, v.Text)
			one.at = v.At
		}
		out = append(out, one)
	}
	return out
}

// normal is a value without what makes no difference: white space in a list.
func normal(o option, text string) string {
	if o.key == "methods" {
		return strings.Join(oslo.AsList(text), ",")
	}
	return text
}
