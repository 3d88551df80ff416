package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
	"github.com/fedstone/fedstone/internal/spec"
)

// remote reads the requirements: conditions become the rule's, direct entries
// wait for the placeholders that name them.
func (r *ruleImport) remote(items []*engine.Node) {
	for _, item := range items {
		claim := r.claim(item.Get("type"))
		switch {
		case item.Get("any_one_of") != nil:
			r.condition(claim, item, "any_one_of", spec.AnyOf, spec.Matches)
		case item.Get("not_any_of") != nil:
			r.condition(claim, item, "not_any_of", spec.NoneOf, spec.MatchesNone)
		default:
			e := &directEntry{claim: claim, at: item.At, filter: item.Get("whitelist"), regex: item.Get("regex").IsTrue()}
			if list := item.Get("blacklist"); list != nil {
				e.filter, e.except = list, true
			}
			r.entry = append(r.entry, e)
		}
	}
}

// claim gives the claim that a type stands for, or env(TYPE).
func (r *ruleImport) claim(n *engine.Node) string {
	kind := n.Text()
	if !slices.Contains(r.out.Types, kind) {
		r.out.Types = append(r.out.Types, kind)
	}
	name, isClaim := r.claimOf(n)
	if !isClaim {
		name = "env(" + kind + ")"
		if _, err := spec.Pieces("{" + name + "}"); err != nil {
			r.lose(n.At, fmt.Sprintf("reads %s: %v", kind, err), `"type": "OIDC-preferred_username"`)
			return ""
		}
	} else if _, variable := spec.Variable(name); variable {
		r.lose(n.At, fmt.Sprintf("reads %s: named rules take %s for a variable", kind, name), `"type": "OIDC-preferred_username"`)
		return ""
	}
	return name
}

// claimOf gives the claim of a type. Behind the httpd that fedstone renders it
// comes as OIDC-claim, whatever it was before.
func (r *ruleImport) claimOf(n *engine.Node) (name string, ok bool) {
	kind := n.Text()
	if name, ok := strings.CutPrefix(kind, Prefix); ok && name != "" {
		return name, true
	}
	for _, prefix := range []string{"HTTP_OIDC_CLAIM_", "HTTP_OIDC_"} {
		if name, ok := strings.CutPrefix(kind, prefix); ok && name != "" {
			name = strings.ToLower(name)
			r.add(n.At, finding.Warning, fmt.Sprintf("reads the request header %s, whose name has lost its case: taken for the claim %s", kind, name), `"type": "`+Prefix+name+`"`)
			return name, true
		}
	}
	if name, ok := strings.CutPrefix(kind, "OIDC_CLAIM_"); ok && name != "" {
		r.add(n.At, finding.Warning, fmt.Sprintf("reads %s, the module's own prefix: taken for the claim %s, which named rules read as %s", kind, name, Prefix+name), `"type": "`+Prefix+name+`"`)
		return name, true
	}
	return "", false
}

// condition takes any_one_of or not_any_of.
func (r *ruleImport) condition(claim string, item *engine.Node, key string, plain, regex spec.Operator) {
	list := item.Get(key)
	c := spec.Condition{Claim: textAt(claim, item.Get("type")), Op: plain, At: list.At}
	if item.Get("regex").IsTrue() {
		c.Op = regex
		r.patterns(list)
	}
	c.Values = r.values(list, key, r.lose)
	if claim == "" || r.lost {
		return
	}
	for i, other := range r.rule.When {
		if other.Claim.Value == claim && other.Op == c.Op {
			r.sameAgain(&r.rule.When[i], c)
			return
		}
	}
	r.rule.When = append(r.rule.When, c)
}

// sameAgain: two lists of refused values are one, two lists of wanted values are
// not.
func (r *ruleImport) sameAgain(first *spec.Condition, again spec.Condition) {
	if again.Op == spec.NoneOf || again.Op == spec.MatchesNone {
		first.Values = distinctTexts(append(slices.Clone(first.Values), again.Values...))
		return
	}
	r.lose(again.At, fmt.Sprintf("has two lists of which claim %s must have a value each: named rules have one", again.Claim.Value), "")
}

// patterns: a pattern that Python refuses ends a login with 500, but only when
// the requirements before it hold.
func (r *ruleImport) patterns(list *engine.Node) {
	for _, item := range list.Items() {
		text, ok := item.Value.(string)
		if !ok {
			continue // told by values
		}
		if _, err := re.Compile(text, python.Default(), 0); err != nil {
			r.lose(item.At, fmt.Sprintf("has a regular expression that fails in Python: %v", err), "")
		}
	}
}

// values gives the strings of a list, each once.
func (r *ruleImport) values(list *engine.Node, key string, fail func(finding.Range, string, string)) []spec.Text {
	var out []spec.Text
	for _, item := range list.Items() {
		text, ok := item.Value.(string)
		switch {
		case !ok:
			fail(item.At, fmt.Sprintf("has a value in %s that is no string: Keystone never finds it, and named rules cannot hold it", key), "write it as a string, or delete it")
		case text == "":
			fail(item.At, fmt.Sprintf("has an empty string in %s, which named rules cannot hold", key), "")
		default:
			out = append(out, textAt(text, item))
		}
	}
	if len(list.Items()) == 0 {
		fail(list.At, fmt.Sprintf("has an empty %s, which named rules cannot hold", key), "")
	}
	return distinctTexts(out)
}

func distinctTexts(all []spec.Text) []spec.Text {
	var out []spec.Text
	for _, t := range all {
		if !slices.ContainsFunc(out, func(o spec.Text) bool { return o.Value == t.Value }) {
			out = append(out, t)
		}
	}
	return out
}

func textAt(value string, n *engine.Node) spec.Text { return spec.Text{Value: value, At: n.At} }
