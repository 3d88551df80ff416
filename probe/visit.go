package probe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// fact is something a step brings and later steps need.
type fact string

const (
	keystoneUp   fact = "an answer of Keystone (reach)"
	issuerUp     fact = "an answer of the issuer (reach)"
	haveDocument fact = "the discovery document (discovery)"
	haveKeys     fact = "the issuer's keys (jwks)"
	haveToken    fact = "a token of the issuer (token)"
	haveSession  fact = "a Keystone token (exchange)"
	haveProject  fact = "a project (projects)"
	haveScoped   fact = "a project's token (rescope)"
)

// visit is the walk through the steps at one identity provider.
type visit struct {
	fed   *spec.Federation
	idp   *spec.IdentityProvider
	opts  Options
	web   *http.Client // writes down what is asked
	log   *requests
	url   string // Keystone's, without /v3
	began time.Time

	service bool   // the target is a cloud's identity service
	drift   string // how its copy of the issuer's keys differs; "": it was not seen to

	facts    map[fact]bool
	found    Provider
	doc      *oidc.Document
	keys     *oidc.Keys
	client   oidc.Client
	token    secret.Value    // the bearer
	got      oidc.Tokens     // all that the login gave; zero for a bearer that was given
	own      bool            // we got the bearer by a login, so we revoke it
	others   []*other        // tokens that must be refused, for isolation
	checked  symptom.Token   // what token-check found out about the bearer
	memory   memory          // of second questions
	answer   keystone.Answer // of the exchange
	heard    heard           // besides it
	session  keystone.Session
	project  keystone.Named
	scoped   keystone.Session
	issued   []keystone.Session // to be revoked, in the order of issue
	handed   []keystone.Session // those of issued that a dashboard was given
	browsing browsing
	saml     samlLook
	issuance *issuance // of an OAuth 2.0 client; nil: the walk is an identity provider's
}

func newVisit(fed *spec.Federation, idp *spec.IdentityProvider, opts Options) *visit {
	protocol := cmp.Or(idp.Protocol.Value, "openid")
	v := &visit{
		fed: fed, idp: idp, opts: opts, url: keystone.CanonicalURL(fed.Keystone.URL.Value), began: time.Now(), service: fed.Service(),
		facts: map[fact]bool{}, browsing: browsing{dashboards: texts(fed.Keystone.Dashboards)},
		found: Provider{ID: idp.ID.Value, Issuer: issuerOf(idp), Protocol: protocol},
	}
	v.web, v.log = logged(opts.Client, v.began)
	return v
}

// step is one question. run is not called unless every need is there. An
// always step is run also after an interrupt. Where when says no there is no such
// step; nil: always.
type step struct {
	name   string
	when   func(*visit) bool
	needs  []fact
	always bool
	run    func(context.Context, *visit) outcome
}

// outcome is what a step's run says; walk adds the name and the time.
type outcome struct {
	verdict Verdict
	moot    bool // skipped for good reason, which is no failure
	status  int
	by      keystone.AnsweredBy
	symptom string
	cause   string
	mend    string
	notes   []string
	shot    []byte
}

// bySigns: the answers of a cloud's identity service bear no sign of theirs. One that a
// step was content with is the service's own.
func (o outcome) bySigns(service bool) outcome {
	if service && o.verdict == Pass && o.by == keystone.ByProxy {
		o.by = keystone.ByItself
	}
	return o
}

func passed(a keystone.Answer, notes ...string) outcome {
	return outcome{verdict: Pass, status: a.Status, by: a.AnsweredBy, notes: notes}
}

func failed(a keystone.Answer, cause, mend string, notes ...string) outcome {
	return outcome{verdict: Fail, status: a.Status, by: a.AnsweredBy, cause: cause, mend: mend, notes: notes}
}

func skipped(cause string) outcome { return outcome{verdict: Skip, cause: cause} }

func (v *visit) walk(ctx context.Context, steps []step) {
	v.log.take() // what the isolation has asked meanwhile belongs to no step
	for _, s := range steps {
		if s.when != nil && !s.when(v) {
			continue
		}
		if v.opts.Progress != nil {
			v.opts.Progress(v.found.ID, s.name)
		}
		start := time.Now()
		o := v.attempt(ctx, s).bySigns(v.service)
		v.found.Steps = append(v.found.Steps, Step{
			Name: s.name, Verdict: o.verdict, Status: o.status, AnsweredBy: o.by, Symptom: o.symptom, Moot: o.moot, Screenshot: o.shot,
			Start: start.Sub(v.began), Took: time.Since(start), Requests: v.log.take(),
			Cause: v.clean(o.cause), Mend: v.cleanLines(o.mend), Notes: v.cleanAll(o.notes),
		})
	}
	v.found.Seen.Certificates = v.log.certificates()
}

func (v *visit) attempt(ctx context.Context, s step) outcome {
	if ctx.Err() != nil && !s.always {
		return skipped(stopped(ctx))
	}
	for _, need := range s.needs {
		if !v.facts[need] {
			return skipped("needs " + string(need))
		}
	}
	if v.opts.StepLimit > 0 && !s.always && !v.waits(s) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, v.opts.StepLimit)
		defer cancel()
	}
	return s.run(ctx, v)
}

// stopped says why nothing more is asked: an interrupt, or the limit of the whole run.
func stopped(ctx context.Context) string {
	switch {
	case ctx.Err() == nil:
		return ""
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "the time limit of the run is over"
	}
	return "interrupted"
}

// clean makes a text fit for a report: no secret, no control character.
func (v *visit) clean(text string) string { return finding.Printable(v.opts.Mask.Redact(text)) }

// cleanLines is clean for a mend, which may have lines of a file to be pasted.
func (v *visit) cleanLines(text string) string {
	return finding.PrintableLines(v.opts.Mask.Redact(text))
}

func (v *visit) cleanAll(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, v.clean(t))
	}
	return out
}

func (v *visit) now() time.Time {
	if v.opts.Now != nil {
		return v.opts.Now()
	}
	return time.Now()
}

// keep takes charge of a Keystone token: it is masked from now on, and revoked.
func (v *visit) keep(a keystone.Answer) (keystone.Session, error) {
	if n := len(a.Header.Values("X-Subject-Token")); n != 1 {
		for _, t := range a.Header.Values("X-Subject-Token") {
			v.hold(secret.New(t))
		}
		return keystone.Session{}, fmt.Errorf("the answer has %d X-Subject-Token headers, expected one", n)
	}
	v.meet(a.Body)
	return v.hold(a.Token()), nil
}

func (v *visit) hold(token secret.Value) keystone.Session {
	v.opts.Mask.Add(token)
	s := keystone.Session{Client: v.web, URL: v.url, Token: token}
	v.issued = append(v.issued, s)
	return s
}

// release withdraws what is left: Keystone tokens that no step has revoked, and
// the issuer's tokens that we got by a login. It does its best and says nothing:
// those that matter are reported by the step revoke.
func (v *visit) release(ctx context.Context) {
	own, cancel := cleanup(ctx)
	defer cancel()
	for _, s := range v.issued {
		_, _ = s.Revoke(own)
	}
	v.issued = nil
	if v.doc == nil {
		return
	}
	if v.own {
		_ = oidc.Revoke(own, v.web, v.doc, v.client, v.got.Refresh)
		_ = oidc.Revoke(own, v.web, v.doc, v.client, v.token)
	}
	v.withdrawOthers(own)
}
