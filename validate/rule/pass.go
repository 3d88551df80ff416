package rule

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// Report is a finding and what it is about: anything that another rule may be
// about, too, such as a *subject.Vhost, a *subject.Door, a *httpdconf.Command or a
// string that both agree on. It is how the finding that explains others is found.
type Report struct {
	finding.Finding
	About []any
}

// Pass is one run of one rule over one site.
type Pass struct {
	*subject.Site
	collector
}

// FleetPass is one run of one rule over all sites.
type FleetPass struct {
	Sites []*subject.Site
	collector
}

type collector struct {
	rule    *Rule
	reports []Report
}

// Run runs a rule's Check over a site, and gives what it reports.
func (r *Rule) Run(site *subject.Site) []Report {
	if r.Check == nil {
		return nil
	}
	p := &Pass{Site: site, collector: collector{rule: r}}
	r.Check(p)
	return p.reports
}

// RunFleet runs a rule's Fleet over sites, and gives what it reports.
func (r *Rule) RunFleet(sites []*subject.Site) []Report {
	if r.Fleet == nil {
		return nil
	}
	p := &FleetPass{Sites: sites, collector: collector{rule: r}}
	r.Fleet(p)
	return p.reports
}

// Report reports a finding. Its slug is the rule's, and so is its severity where
// none is given.
func (c *collector) Report(f finding.Finding, about ...any) {
	f.Slug = c.rule.Slug
	if f.Severity == finding.Invalid {
		f.Severity = c.rule.Severity
	}
	c.reports = append(c.reports, Report{f, about})
}

// On reports a finding at a command of httpd's configuration; what used a macro is
// told, too. The finding is about the command and what else is given.
func (c *collector) On(at *httpdconf.Command, f finding.Finding, about ...any) {
	f.At = at.At()
	if at.Unit().Source == nil {
		f.Related = append(f.Related, subject.Written(at.Chain())...)
	}
	c.Report(f, append(about, at)...)
}
