package probe

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// heard is what Keystone says besides the exchange.
type heard struct {
	version keystone.Answer  // of GET /v3
	listed  []keystone.Named // projects; nil: not listed
	scoped  tokenBody        // nil: none
}

// held is one line of `expect:` held against what came.
type held struct {
	key          string
	wanted, came string // as the description writes it
	ok           bool
	aside        string // what helps to understand a difference
	untold       string // why it cannot be told, and how it could be; "" where it can
}

// expected is what the description asks of the answers; nil: nothing.
func (v *visit) expected() *spec.Expect {
	if v.idp.Probe == nil {
		return nil
	}
	return v.idp.Probe.Expect
}

// expecting: there is nothing to compare where nothing is asked.
func expecting(v *visit) bool { return v.expected() != nil }

// expect compares the answers with the description's `expect:`. It fails for what
// is known to be wrong; what cannot be told is skipped, and says what would tell it.
func expect(ctx context.Context, v *visit) outcome {
	t, _ := parseToken(v.answer.Body)
	var off []held
	var kept, untold []string
	for _, h := range v.compare(ctx, v.expected(), t) {
		switch {
		case h.untold != "":
			untold = append(untold, fmt.Sprintf("%s: wanted %s; came %s: %s", h.key, h.wanted, h.came, h.untold))
		case h.ok:
			kept = append(kept, h.key)
		default:
			off = append(off, h)
		}
	}
	if len(off) == 0 && len(untold) > 0 {
		return skipped(strings.Join(untold, " | "))
	}
	o := v.faulty(ctx, "expect", keystone.Answer{AnsweredBy: keystone.ByItself}, differing(off))
	if len(kept) > 0 {
		o.notes = append(o.notes, "as expected: "+strings.Join(kept, ", "))
	}
	o.notes = append(o.notes, untold...)
	return o
}

// differing gives each its words, and all of them what came together, for a
// description that is to be corrected at once.
func differing(off []held) []wrong {
	var came []string
	for _, h := range off {
		came = append(came, h.key+": "+h.came)
	}
	var out []wrong
	for _, h := range off {
		w := odd(symptom.Unexpected, h.key, h.came+h.aside, h.wanted)
		w.words["came"] = strings.Join(came, ", ")
		out = append(out, w)
	}
	return out
}

func (v *visit) compare(ctx context.Context, e *spec.Expect, t tokenBody) []held {
	var out []held
	if e.User.Given() {
		out = append(out, compareTexts("user", e.User.Value, t.text("user.name")))
	}
	if e.Domain.Given() {
		out = append(out, compareTexts("domain", e.Domain.Value, t.text("user.domain.name"), t.text("user.domain.id")))
	}
	if e.Groups != nil {
		out = append(out, v.compareGroups(ctx, texts(e.Groups), t))
	}
	if e.Projects != nil {
		out = append(out, v.compareProjects(texts(e.Projects)))
	}
	if e.Roles != nil {
		out = append(out, v.compareRoles(texts(e.Roles)))
	}
	if e.LeastLifetime() > 0 {
		out = append(out, compareLifetime(e.LeastLifetime(), t))
	}
	return out
}

func (v *visit) compareProjects(wanted []string) held {
	var came []name
	for _, p := range v.heard.listed {
		came = append(came, name{p.ID, p.Name})
	}
	h := compareNames("projects", wanted, came)
	if v.heard.listed == nil {
		h.untold = "the projects were not listed: see the step projects"
	}
	return h
}

func (v *visit) compareRoles(wanted []string) held {
	came, _ := v.heard.scoped.names("roles")
	h := compareNames("roles", wanted, came)
	h.aside = " (Keystone adds implied roles: member brings reader)"
	if v.heard.scoped == nil {
		h.untold = "there is no project's token: see the steps before"
	}
	return h
}

func compareLifetime(least time.Duration, t tokenBody) held {
	from, _ := t.time("issued_at")
	until, ok := t.time("expires_at")
	lives := until.Sub(from)
	return held{key: "lifetime", wanted: brief(least), came: brief(lives), ok: ok && lives >= least}
}

// brief writes 1h30m for what Go writes as 1h30m0s.
func brief(d time.Duration) string {
	text := d.String()
	for _, nought := range []string{"m0s", "h0m"} {
		if short, ok := strings.CutSuffix(text, nought); ok {
			text = short + nought[:1]
		}
	}
	return text
}
