package report

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
)

// flow is the way of a login through the cloud, and where it ended.
type flow struct {
	Hops   []flowHop // client, proxy, httpd, module, Keystone
	Issuer flowHop
	Login  string // the state of the way from the client to the issuer
	Mark   string // what stands at the mark: a status, or that nothing came
	Broken string // chain or issuer: the mark is on the way there, as nobody answered
}

// flowHop is a place on the way. State is passed, failed or unreached.
type flowHop struct {
	Name  string
	Lines []string // the name, in lines that are short enough
	State string
	X     int // percent of the picture's width
}

// The states of a hop.
const (
	hopPassed    = "passed"
	hopFailed    = "failed"
	hopUnreached = "unreached"
)

// placeOf says which hop answers: its index among the flow's hops; 0: none of the cloud.
func placeOf(by keystone.AnsweredBy) int {
	switch by {
	case keystone.ByProxy:
		return 1
	case keystone.ByHTTPD:
		return 2
	case keystone.ByOpenIDC, keystone.ByOAuth2, keystone.ByMellon, keystone.ByShib:
		return 3
	case keystone.ByItself:
		return 4
	}
	return 0
}

// asksIssuer reports whether a step asks the issuer.
func asksIssuer(step string) bool {
	return slices.Contains([]string{"discovery", "jwks", "token", "token-check", "metadata", "ecp-login"}, step)
}

func flowOf(p probe.Provider) flow {
	f := flow{Issuer: flowHop{"issuer", []string{"issuer"}, loginState(p), 50}}
	for i, name := range []string{"client", "proxy", "httpd", module(p), "Keystone"} {
		f.Hops = append(f.Hops, flowHop{name, strings.SplitAfter(strings.Replace(name, "mod_auth_", "mod_auth_\n", 1), "\n"), hopUnreached, 9 + 20*i + i/4*2})
	}
	f.Hops[0].State = hopPassed
	switch first := p.Decisive(); {
	case first == nil:
		f.pass(len(f.Hops))
	case first.Verdict == probe.Fail:
		f.fail(p, first)
	}
	f.Login = f.Issuer.State
	if f.Broken == "issuer" {
		f.Login = hopFailed
	}
	return f
}

// fail puts the mark where the answer came from, or on the way to who gave none.
func (f *flow) fail(p probe.Provider, s *probe.Step) {
	f.Mark = mark(s)
	at := placeOf(s.AnsweredBy)
	atIssuer := s.AnsweredBy == keystone.ByIDP || asksIssuer(s.Name) || askedLast(s, p.Issuer)
	switch {
	case at > 0 && !asksIssuer(s.Name):
		f.pass(at)
		f.Hops[at].State = hopFailed
	case atIssuer && unanswered(s):
		f.Issuer.State, f.Broken = hopUnreached, "issuer"
	case atIssuer:
		f.Issuer.State = hopFailed
	default:
		f.Broken = "chain"
	}
}

func (f *flow) pass(n int) {
	for i := range f.Hops[:n] {
		f.Hops[i].State = hopPassed
	}
}

// loginState tells whether the issuer has done its part.
func loginState(p probe.Provider) string {
	done := func(s probe.Step) bool { return asksIssuer(s.Name) && s.Verdict == probe.Pass }
	if slices.ContainsFunc(p.Steps, done) {
		return hopPassed
	}
	return hopUnreached
}

// module names the module that answered for httpd, if any did.
func module(p probe.Provider) string {
	for _, s := range p.Steps {
		if placeOf(s.AnsweredBy) == placeOf(keystone.ByOpenIDC) {
			return string(s.AnsweredBy)
		}
	}
	return "module"
}

// mark is the word at the mark.
func mark(s *probe.Step) string {
	switch {
	case s.Status != 0:
		return strings.Fields(stepAnswer(s))[0]
	case unanswered(s):
		return "no answer"
	}
	return "here"
}

// unanswered reports whether the last request had no answer.
func unanswered(s *probe.Step) bool {
	return len(s.Requests) > 0 && s.Requests[len(s.Requests)-1].Status == 0 && s.Status == 0
}

// askedLast reports whether the last request went to the issuer.
func askedLast(s *probe.Step, issuer string) bool {
	return len(s.Requests) > 0 && issuer != "" && strings.HasPrefix(s.Requests[len(s.Requests)-1].URL, issuer)
}
