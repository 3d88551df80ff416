package probe

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/probe/symptom"
)

// rule is what one field of a token has to be.
type rule struct {
	known symptom.Fact // what it is where it is not so
	path  string
	want  string
	ok    func(tokenBody, judging) bool
}

// judging is what a token is held against.
type judging struct {
	id, protocol string
	domain       string // name; "" is any
	project      name   // of a scoped token
	before       tokenBody
	now          time.Time // by the clock of the answer itself, where it tells one
}

func (v *visit) judging(a keystone.Answer) judging {
	j := judging{id: v.found.ID, protocol: v.found.Protocol, project: name{v.project.ID, v.project.Name}, now: v.now()}
	if !v.idp.Mapping.Given() && !v.service {
		j.domain = v.idp.Domain.Value
	}
	if at, err := http.ParseTime(a.Header.Get("Date")); err == nil {
		j.now = at
	}
	return j
}

// judge gives what is wrong with the unscoped token, in the order of the rules.
// Of two rules for one field the first one speaks.
func (v *visit) judge(t tokenBody, rules []rule) []wrong { return v.judging(v.answer).wrongs(t, rules) }

func (j judging) wrongs(t tokenBody, rules []rule) []wrong {
	var out []wrong
	for _, r := range rules {
		told := slices.ContainsFunc(out, func(w wrong) bool { return w.words["field"] == "token."+r.path })
		if !told && !r.ok(t, j) {
			out = append(out, odd(r.known, "token."+r.path, shown(t.at(r.path)), j.named(r.want)))
		}
	}
	return out
}

// named puts this federation's own ids into what a rule wants.
func (j judging) named(want string) string {
	return strings.NewReplacer("{id}", j.id, "{protocol}", j.protocol, "{domain}", j.domain, "{project}", j.project.ID).Replace(want)
}

// unscopedRules are those for the answer of the exchange.
func unscopedRules() []rule {
	all := []rule{{symptom.OtherMethods, "methods", `["{protocol}"]`, func(t tokenBody, j judging) bool {
		return slices.Equal(t.texts("methods"), []string{j.protocol}) || t.foreignDialect(j.protocol)
	}}}
	all = append(append(all, userRules()...), commonRules()...)
	for _, field := range []string{"project", "domain", "system", "roles", "catalog", "is_domain"} {
		all = append(all, rule{symptom.ScopedAtOnce, field, "none: the exchange gives an unscoped token", func(t tokenBody, j judging) bool {
			return !t.has(field) || t.foreignDialect(j.protocol) && (field == "roles" || field == "catalog")
		}})
	}
	return all
}

// commonRules hold for every token.
func commonRules() []rule {
	return []rule{
		{symptom.TimeOdd, "issued_at", "a time in UTC", timeRule("issued_at")},
		{symptom.TimeOdd, "expires_at", "a time in UTC", timeRule("expires_at")},
		{symptom.ClockAhead, "issued_at", "not later than the answer's Date", issuedByNow},
		{symptom.ExpiryPast, "expires_at", "a time to come", expiresLater},
		{symptom.NotAsAPI, "audit_ids", "a list of one or two ids", auditIDs},
	}
}

func timeRule(path string) func(tokenBody, judging) bool {
	return func(t tokenBody, _ judging) bool { _, ok := t.time(path); return ok }
}

// issuedByNow: the Date header has whole seconds, and clocks differ a little.
func issuedByNow(t tokenBody, j judging) bool {
	at, _ := t.time("issued_at")
	return !at.After(j.now.Add(tolerated))
}

func expiresLater(t tokenBody, j judging) bool {
	issued, _ := t.time("issued_at")
	expires, _ := t.time("expires_at")
	return expires.After(issued) && expires.After(j.now)
}

// An audit id is URL-safe base64 (keystone/models/token_model.py); the IAM
// services have none.
var auditID = pattern.Lazy(`^[A-Za-z0-9_-]{16,64}$`)

func auditIDs(t tokenBody, j judging) bool {
	if t.foreignDialect(j.protocol) && !t.has("audit_ids") {
		return true
	}
	ids := t.texts("audit_ids")
	return (len(ids) == 1 || len(ids) == 2) && !slices.ContainsFunc(ids, func(id string) bool { return !auditID().MatchString(id) })
}
