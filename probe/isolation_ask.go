package probe

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// cell asks, and judges the answer.
func (t trial) cell(ctx context.Context, when string) Cell {
	if t.visit.opts.Progress != nil {
		t.visit.opts.Progress(t.visit.found.ID, "isolation: "+t.token)
	}
	c := t.blank(when)
	switch {
	case t.fault != nil:
		cause, mend := causeOf(t.fault)
		c.Verdict, c.Cause, c.Mend = Fail, t.visit.clean(cause), t.visit.cleanLines(mend)
		return c
	case ctx.Err() != nil || !t.after.wait(ctx):
		c.Verdict, c.Cause = Skip, stopped(ctx)
		return c
	}
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := keystone.Ask(own, t.visit.web, t.request)
	if err != nil {
		t.told(&c, t.visit.unreachable(t.visit.url, err))
		return c
	}
	t.endAtOnce(ctx, a)
	t.judge(ctx, &c, a)
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

func (t trial) judge(ctx context.Context, c *Cell, a keystone.Answer) {
	c.Status, c.AnsweredBy, c.Verdict = a.Status, a.AnsweredBy, Pass
	if t.fulfilled(a) {
		return
	}
	c.Critical = t.want != letIn && a.Status < http.StatusMultipleChoices && a.AnsweredBy == keystone.ByItself
	t.told(c, t.explain(ctx, a))
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

// explain gives the failed outcome: of what must be let in as the exchange's, of
// what must be refused as the matrix's own.
func (t trial) explain(ctx context.Context, a keystone.Answer) outcome {
	if t.want == letIn {
		return t.visit.explain(ctx, issuing, a)
	}
	f := t.visit.known("isolation")
	f.Answer, f.Marks = a, t.facts
	f.Words = map[string]string{"door": t.path, "by": string(a.AnsweredBy)}
	o := t.visit.outcome(a, symptom.Explain(ctx, f, nil))
	if o.symptom == "keystone-only" && t.kind == KindRefused {
		o.mend = hole(ctx, f)
	}
	return o
}

// hole is the mend for what httpd let pass, as it would be had Keystone let it in.
func hole(ctx context.Context, f symptom.Facts) string {
	f.Answer.Status = http.StatusCreated
	return symptom.Explain(ctx, f, nil).Mend
}

// told puts a failed outcome into the cell.
func (t trial) told(c *Cell, o outcome) {
	c.Verdict, c.Symptom = Fail, o.symptom
	c.Cause, c.Mend = t.visit.clean(o.cause), t.visit.cleanLines(o.mend)
}
