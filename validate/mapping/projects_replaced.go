package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func projectsReplaced(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "projects-replaced",
		Severity: finding.Error,
		Title:    "several items give projects, and only the last ones count",
		Why: "Groups of all items and rules are joined, projects are not: each `projects` replaces the one before. Within a rule the earlier " +
			"list never counts. Of two rules that both hold, only the later one's projects do, and the roles on the others are not given.",
		Mend:   "Put all projects of a rule into one list. Between rules, repeat the list in the later one, or make the rules exclude each other with `not_any_of`.",
		Source: "keystone/federation/utils.py, RuleProcessor._transform",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			var with []*oneRule
			for _, x := range d.rules {
				items := x.withProjects()
				for i := 1; i < len(items); i++ {
					p.Report(replaced(x.String()+" never gives these projects: it has a later list, and only the last counts", items[i-1], items[i]), x.node)
				}
				if len(items) == 0 {
					continue
				}
				for _, earlier := range with {
					if !exclusive(earlier, x) && written(earlier.lastProjects()) != written(items[len(items)-1]) {
						f := replaced(fmt.Sprintf("where %s holds, too, %s does not give these projects: only the last ones count", x, earlier), earlier.lastProjects(), items[len(items)-1])
						f.Severity = finding.Warning
						p.Report(f, x.node, earlier.node)
						break
					}
				}
				with = append(with, x)
			}
		}),
	}
}

func replaced(message string, lost, kept *engine.Node) finding.Finding {
	return finding.Finding{
		At: lost.At, Message: message,
		Hint:    `"projects": [` + written(&engine.Node{Value: append(append([]*engine.Node{}, lost.Items()...), kept.Items()...)})[1:],
		Related: []finding.Related{{Message: "these count", At: kept.At}},
	}
}

// withProjects gives the lists of projects of a rule, in their order.
func (x *oneRule) withProjects() []*engine.Node {
	var out []*engine.Node
	for _, item := range x.local {
		if list := item.Get("projects"); list != nil {
			out = append(out, list)
		}
	}
	return out
}

func (x *oneRule) lastProjects() *engine.Node {
	lists := x.withProjects()
	return lists[len(lists)-1]
}
