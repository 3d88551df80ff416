package probe

import (
	"context"
	"fmt"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// isolate asks the matrix once. Cold, no token has been at Keystone yet: the
// diagonal is left to the exchange, and the forgeries are tried. After
// use every token has been accepted at its own path, and a cache that does not
// tell issuers apart would now let it in elsewhere.
func isolate(ctx context.Context, visits []*visit, when string) []Cell {
	trials := []trial{}
	if when == "cold" {
		for _, v := range visits {
			v.getForeign(ctx)
		}
		trials = forgeryTrials(visits)
	}
	cells := withoutForeign(visits, when)
	for _, t := range append(tokenTrials(visits), trials...) {
		if when == "cold" && t.want == letIn {
			continue
		}
		cells = append(cells, t.cell(ctx, when))
	}
	return cells
}

// getForeign logs in as the other client of the issuer. A client that gets no
// token cannot do harm, but then nothing is proven: the cell fails.
func (v *visit) getForeign(ctx context.Context) {
	if v.idp.Probe == nil || v.idp.Probe.Foreign == nil || v.doc == nil || ctx.Err() != nil {
		return
	}
	client, err := v.clientOf(*v.idp.Probe.Foreign)
	if err != nil {
		v.foreignFault = err
		return
	}
	own, cancel := finishing(ctx)
	defer cancel()
	tokens, err := oidc.ClientCredentials(own, v.web, v.doc, client, texts(v.idp.Probe.Scopes))
	if err != nil {
		v.foreignFault = err
		return
	}
	v.opts.Mask.Add(tokens.Access, tokens.ID)
	v.foreign = &credential{client: client, token: tokens.Access}
	if id := v.bearerOf(tokens); !id.Empty() {
		v.foreign.token = id
	}
}

// diagonal gives the cold cells that the exchanges have asked.
func diagonal(visits []*visit) []Cell {
	var cells []Cell
	for _, v := range visits {
		if v.answer.Status == 0 {
			continue
		}
		t := v.bearerTrial(v.found.ID, v.token, letIn)
		c := Cell{Token: t.token, Provider: v.found.ID, Door: t.door, Path: t.path, When: "cold", Want: string(t.want)}
		t.judge(&c, v.answer)
		cells = append(cells, c)
	}
	return cells
}

// withoutForeign gives the cells that could not be asked for want of a token.
func withoutForeign(visits []*visit, when string) []Cell {
	var cells []Cell
	for _, v := range visits {
		if v.foreignFault == nil {
			continue
		}
		cause, mend := causeOf(v.foreignFault)
		cells = append(cells, Cell{Token: v.found.ID + "/foreign", Provider: v.found.ID, Door: v.found.ID, Path: keystone.AuthPath(v.found.ID, v.found.Protocol),
			When: when, Want: string(refused), AnsweredBy: keystone.ByNobody, Verdict: Fail, Cause: v.clean(cause), Mend: v.clean(mend)})
	}
	return cells
}

func (t trial) cell(ctx context.Context, when string) Cell {
	if t.visit.opts.Progress != nil {
		t.visit.opts.Progress(t.visit.found.ID, "isolation: "+t.token)
	}
	c := Cell{Token: t.token, Provider: t.visit.found.ID, Door: t.door, Path: t.path, When: when, Want: string(t.want), AnsweredBy: keystone.ByNobody}
	if ctx.Err() != nil {
		c.Verdict, c.Cause = Skip, stopped(ctx)
		return c
	}
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := keystone.Ask(own, t.visit.web, t.request)
	if err != nil {
		c.Verdict, c.Cause = Fail, t.visit.clean(transport(t.visit.url, err))
		return c
	}
	t.endAtOnce(ctx, a)
	t.judge(&c, a)
	return c
}

// endAtOnce revokes whatever token the answer brought.
func (t trial) endAtOnce(ctx context.Context, a keystone.Answer) {
	before := len(t.visit.issued)
	if len(a.Header.Values("X-Subject-Token")) == 0 {
		return
	}
	_, _ = t.visit.keep(a)
	var left []keystone.Session
	for _, s := range t.visit.issued[before:] {
		if answer, err := revokeAtKeystone(ctx, s); err != nil || answer.Status != http.StatusNoContent {
			left = append(left, s) // release tries again
		}
	}
	t.visit.issued = append(t.visit.issued[:before], left...)
}

func (t trial) judge(c *Cell, a keystone.Answer) {
	c.Status, c.AnsweredBy, c.Verdict = a.Status, a.AnsweredBy, Pass
	if t.fulfilled(a) {
		return
	}
	c.Verdict = Fail
	c.Critical = t.want != letIn && a.Status < 300 && a.AnsweredBy == keystone.ByItself
	cause, mend := t.fault(a, c.Critical)
	c.Cause, c.Mend = t.visit.clean(cause), t.visit.clean(mend)
}

func (t trial) fulfilled(a keystone.Answer) bool {
	switch t.want {
	case letIn:
		return a.Status == http.StatusCreated && !a.Token().Empty()
	case refused:
		return refusedByHTTPD(a)
	case unforged:
		return refusedByHTTPD(a) || a.Status == http.StatusUnauthorized && a.AnsweredBy == keystone.ByItself
	default:
		return refusedByHTTPD(a) || a.AnsweredBy == keystone.ByOpenIDC
	}
}

func (t trial) fault(a keystone.Answer, critical bool) (cause, mend string) {
	v := t.visit
	guard := fmt.Sprintf("<Location %s> needs AuthType and, in <RequireAll>, `Require claim iss:%s` and the client's claim (`fedstone render` writes it)", t.path, v.found.Issuer)
	switch {
	case critical:
		return fmt.Sprintf("CRITICAL: %s was let in at %s; the Keystone token was revoked at once", t.token, t.path), guard
	case t.want == letIn:
		o := v.explain(context.Background(), issuing, a)
		return o.cause, o.mend
	case t.want == unforged && a.Status == http.StatusForbidden:
		return "Keystone has read an issuer that the client forged in a header",
			"use environment names (OIDC-iss) in remote_id_attribute and in the rules, OIDCPassClaimsAs environment, and `RequestHeader unset OIDC-iss early`"
	case a.AnsweredBy == keystone.ByItself:
		return fmt.Sprintf("httpd let it pass, and Keystone answered %d: only the mapping stands between this and a token", a.Status), guard
	default:
		return fmt.Sprintf("%d of %s proves nothing about this path", a.Status, a.AnsweredBy), "see the steps of " + v.found.ID
	}
}
