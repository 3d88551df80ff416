package probe

import (
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// MostDoors is at how many providers' paths a token is tried at most, its own with
// them: the n × n part grows no more from there.
const MostDoors = 32

// doorsFor gives the visits at whose paths the token of the i-th is tried: its own,
// and those that follow it in the description.
func doorsFor(visits []*visit, i int) []*visit {
	var doors []*visit
	for j := range min(len(visits), MostDoors) {
		doors = append(doors, visits[(i+j)%len(visits)])
	}
	return doors
}

// tokenTrials: every provider's token, and that of another client, at every path.
func tokenTrials(visits []*visit) []trial {
	var out []trial
	for i, holder := range visits {
		for _, door := range doorsFor(visits, i) {
			if holder.facts[haveToken] {
				t := door.bearerTrial(KindOwn, holder.found.ID, holder.token, symptom.OtherIssuer)
				if door == holder {
					t.want, t.facts = letIn, nil
				}
				out = append(out, t)
			}
			if f := holder.foreign(); f != nil {
				fact := symptom.OtherIssuer
				if door == holder {
					fact = symptom.OtherClient
				}
				out = append(out, door.bearerTrial(KindForeign, f.name, f.token, fact))
			}
		}
	}
	return out
}

// otherTrials: what the description says must be refused, and the token of the other
// kind that the login gave, at the provider's own path.
func otherTrials(visits []*visit) []trial {
	var out []trial
	for _, v := range visits {
		for _, o := range v.others {
			if o.kind == KindForeign && o.fault == nil {
				continue // among tokenTrials
			}
			t := v.bearerTrial(o.kind, o.name, o.token, v.faults(o)...)
			t.after, t.fault = o, o.fault
			out = append(out, t)
		}
		out = append(out, v.otherKind()...)
	}
	return out
}

// faults tells by the token's checks why it has to be refused; exp without the
// leeway that a check for a person gives.
func (v *visit) faults(o *other) []symptom.Fact {
	want := v.expect()
	want.Now = want.Now.Add(time.Until(o.ready))
	if exp := expiry(o.token); !exp.IsZero() && exp.Before(want.Now) {
		return []symptom.Fact{symptom.Expired}
	}
	if v.keys == nil {
		return []symptom.Fact{symptom.SoundElse}
	}
	for _, failed := range oidc.CheckToken(o.token.Reveal(), v.keys, want).Failed() {
		if fact := symptom.FactOf(failed.Name); fact != "" {
			return []symptom.Fact{fact}
		}
	}
	return []symptom.Fact{symptom.SoundElse}
}

// otherKind: the ID token where access tokens are taken, the access token where ID
// tokens are; where both are, the ID token has to be let in.
func (v *visit) otherKind() []trial {
	name, token, fact := v.found.ID+"/id-token", v.got.ID, symptom.IDToken
	if v.idp.Bearer.Token.Value == "id" {
		name, token, fact = v.found.ID+"/access-token", v.got.Access, symptom.AccessToken
	}
	if token.Empty() || token.Reveal() == v.token.Reveal() {
		return nil
	}
	t := v.bearerTrial(KindOther, name, token, fact)
	if v.idp.Bearer.Token.Value == "both" {
		t.want = letIn
	}
	return []trial{t}
}

// forgedTrials: each provider's token, forged in every way, at the provider's path.
// There are none for an opaque token, which has no parts.
func forgedTrials(visits []*visit, keys *strangeKeys) []trial {
	var out []trial
	for _, v := range visits {
		f := newForger(v.token, v.keys, keys, v.now())
		if f == nil {
			continue
		}
		for _, way := range forgeries() {
			text, err := way.make(f)
			if text == "" && err == nil {
				continue // this token cannot be forged in this way
			}
			t := v.bearerTrial(KindForged, v.found.ID+"/"+way.name, secret.New(text), way.fact)
			t.fault = err
			out = append(out, t)
		}
	}
	return out
}
