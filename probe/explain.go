package probe

import (
	"cmp"
	"context"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// explain gives the failed outcome for an answer, after second questions where
// they are needed.
func (v *visit) explain(ctx context.Context, stepName string, a keystone.Answer) outcome {
	f := v.known(stepName)
	f.Answer = a
	v.consult(ctx, &f)
	o := v.outcome(a, v.diagnose(ctx, f, v.second))
	o.notes = append(o.notes, errorNotes(a)...)
	return o
}

// diagnose explains, and tells of it whoever wants to know.
func (v *visit) diagnose(ctx context.Context, f symptom.Facts, ask symptom.Asker) symptom.Diagnosis {
	d := symptom.Explain(ctx, f, ask)
	if v.opts.Explained != nil {
		v.opts.Explained(f, d)
	}
	return d
}

// outcome is what a diagnosis makes of a failed answer.
func (v *visit) outcome(a keystone.Answer, d symptom.Diagnosis) outcome {
	o := failed(a, d.Cause, d.Mend, d.Evidence...)
	o.symptom, o.by = d.Slug, d.AnsweredBy
	return o
}

// unreachable is the failed outcome where no answer came.
func (v *visit) unreachable(at string, err error) outcome {
	f := v.known("")
	f.Fault = symptom.FaultOf(at, err)
	o := v.outcome(keystone.Answer{}, v.diagnose(context.Background(), f, nil))
	o.by = keystone.ByNobody
	return o
}

// known gives what the visit has found out so far.
func (v *visit) known(stepName string) symptom.Facts {
	f := symptom.Facts{Step: stepName, Names: v.names(), Token: v.checked, Marks: v.marks()}
	f.Words = v.serviceWords()
	if stepName == "projects" && v.facts[haveSession] {
		f.Rules = v.evaluated()
	}
	return f
}

func (v *visit) names() symptom.Names {
	return symptom.Names{
		IDP: v.found.ID, Protocol: v.found.Protocol, Issuer: v.found.Issuer, Keystone: v.url,
		Audience: cmp.Or(v.idp.Bearer.Audience.Value, v.idp.Client.ID.Value), Clients: texts(v.idp.Bearer.Clients),
		Domain: v.idp.Domain.Value, TokenKind: v.idp.Bearer.Token.Value,
	}
}
