package probe

import (
	"context"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// body holds the unscoped token's body against the API, field by field.
func body(ctx context.Context, v *visit) outcome {
	t, fault := parseToken(v.answer.Body)
	if fault != nil {
		return v.faulty(ctx, "body", v.answer, []wrong{*fault})
	}
	v.found.User = v.clean(t.text("user.name"))
	v.found.Seen.KeystoneExpires, _ = t.time("expires_at")
	o := v.faulty(ctx, "body", v.answer, append(v.foreignIssuer(), v.judge(t, unscopedRules())...))
	o.notes = append(o.notes, v.remarks(t)...)
	return o
}

// wrong is one thing that an answer should not say, by the fact that symptom
// knows it as, with the words for its texts.
type wrong struct {
	known symptom.Fact
	words map[string]string
}

// odd is what is wrong with a field: its JSON path, or the header's name.
func odd(known symptom.Fact, field, seen, wanted string) wrong {
	return wrong{known, map[string]string{"field": field, "seen": seen, "wanted": wanted}}
}

// faulty is the outcome of a step that has looked into an answer: passed where
// nothing is wrong, else the first symptom, with all that shows it, and the other
// ones as notes. That a field is not as the API says comes last, since it says least.
func (v *visit) faulty(ctx context.Context, step string, a keystone.Answer, all []wrong) outcome {
	var order []string
	found := map[string][]symptom.Diagnosis{}
	for _, w := range vagueLast(all) {
		d := v.diagnose(ctx, w.facts(v.known(step), a), nil)
		if len(found[d.Slug]) == 0 {
			order = append(order, d.Slug)
		}
		found[d.Slug] = append(found[d.Slug], d)
	}
	if len(order) == 0 {
		return passed(a)
	}
	o := outcome{verdict: Fail, status: a.Status, by: a.AnsweredBy, symptom: order[0], mend: found[order[0]][0].Mend}
	o.cause = causesOf(found[order[0]])
	for _, slug := range order[1:] {
		o.notes = append(o.notes, fmt.Sprintf("also: %s [%s]; %s", causesOf(found[slug]), slug, found[slug][0].Mend))
	}
	return o
}

func vagueLast(all []wrong) []wrong {
	var exact, vague []wrong
	for _, w := range all {
		if w.known == symptom.NotAsAPI {
			vague = append(vague, w)
			continue
		}
		exact = append(exact, w)
	}
	return append(exact, vague...)
}

func causesOf(all []symptom.Diagnosis) string {
	var causes []string
	for _, d := range all {
		causes = append(causes, d.Cause)
	}
	return strings.Join(causes, " | ")
}

func (w wrong) facts(f symptom.Facts, a keystone.Answer) symptom.Facts {
	f.Answer, f.Marks, f.Words = a, []symptom.Fact{w.known}, w.words
	return f
}

// remarks are about what is legal and odd.
func (v *visit) remarks(t tokenBody) []string {
	var notes []string
	if groups, ok := t.at(groupsPath).([]any); ok && len(groups) == 0 {
		notes = append(notes, "the user is in no group: a rule without groups, or groups that Keystone does not have, which it passes over without a word")
	}
	if t.foreignDialect(v.found.Protocol) {
		return append(notes, `methods is ["mapped"], as the IAM services write it: not every field of Keystone's is expected`)
	}
	return append(notes, headerNotes(v.answer)...)
}
