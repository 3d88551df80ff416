package templates

import (
	"cmp"
	"fmt"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// The layouts of httpd's files.
const (
	wholeLayout   = "whole"
	mergeLayout   = "merge"
	includeLayout = "include"
)

func (j *job) layout() string { return cmp.Or(j.fed.HTTPD.Layout.Value, wholeLayout) }

// fit is what pieces say otherwise in a vhost that somebody else keeps. The zero fit is for a
// vhost of our own.
type fit struct {
	formerNames   []string // names of the vhost that it keeps beside the public one
	daemonOptions []string // of Keystone's processes there, which ours need as well
	widensFields  bool     // nothing in it says how long a header may be
	ownProcesses  bool     // mod_wsgi runs Keystone there
}

func (f fit) slots(s *slots) {
	s.many("FormerNames", f.formerNames)
	s.many("DaemonOptions", f.daemonOptions)
	s.fact("WidensFields", f.widensFields)
	s.fact("OwnProcesses", f.ownProcesses)
}

// fitLayout makes httpd's files for a vhost that somebody else keeps.
func (j *job) fitLayout() error {
	if j.layout() == wholeLayout || j.findings.HasErrors() {
		return nil
	}
	if tls := j.fed.HTTPD.TLS; tls != nil {
		j.find("layout-tls", tls.Certificate.At, fmt.Sprintf("httpd.tls has no effect with layout %s: the virtual host that is there says itself how it speaks TLS", j.layout()), "remove httpd.tls")
	}
	switch {
	case j.layout() == includeLayout:
		return j.include()
	case j.in.Base == nil:
		return fmt.Errorf("layout merge: no file to merge into")
	}
	return j.merge()
}

// adopt reads the base and takes its facts over. It is nil where something in it keeps us out.
func (j *job) adopt(others map[string][]byte) (*adopted, error) {
	a, err := adopt(*j.in.Base, others)
	if err == nil && !a.found.HasErrors() {
		a.choose(j.listen(), j.fed.Keystone.URL.Value)
	}
	if err == nil && a.host != nil {
		j.takeOver(a)
		a.collisions(j.gatePort())
	}
	if err != nil || a.found.HasErrors() {
		j.findings = append(j.findings, a.found...)
		return nil, err
	}
	return a, nil
}

// gatePort is 0 where no inner vhost listens.
func (j *job) gatePort() int {
	if !j.strategy.inner {
		return 0
	}
	return j.fed.HTTPD.GatePort.Value
}

func (j *job) takeOver(a *adopted) {
	app := a.application()
	app.onto(&j.platform.Layout)
	limit := a.host.At(effective.Request{Path: "/"}).Setting("LimitRequestFieldSize")
	j.fit = fit{formerNames: a.formerNames(j.fed.Keystone.URL.Value), daemonOptions: app.options,
		widensFields: len(limit.Commands) == 0, ownProcesses: app.script != ""}
}

// conclude judges the finished configuration.
func (j *job) conclude(a *adopted, finished map[string][]byte, in insertions) error {
	var err error
	if !a.found.HasErrors() {
		err = a.judge(finished, in, j.judgedPaths())
	}
	j.findings = append(j.findings, a.found...)
	return err
}

// judgedPaths are those that are opened, and one of each kind that nobody opens.
func (j *job) judgedPaths() []string {
	out := []string{redirectPath}
	if !j.fed.HTTPD.Without.DenyByDefault.Given() {
		const nobody = "/identity_providers/fedstone-nobody/protocols/openid"
		out = append(out, "/v3/OS-FEDERATION"+nobody+"/auth", "/v3/auth/OS-FEDERATION"+nobody+"/websso")
	}
	for _, idp := range j.fed.IdentityProviders {
		at := "/identity_providers/" + idp.ID.Value + "/protocols/" + idp.Protocol.Value
		out = append(out, "/v3/OS-FEDERATION"+at+"/auth", "/v3/auth/OS-FEDERATION"+at+"/websso")
	}
	return out
}
