package session

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func debugLog() rule.Rule {
	return rule.Rule{
		Slug:     "debug-log",
		Severity: finding.Warning,
		Title:    "tokens and claims are written into the error log",
		Why: "At level debug mod_auth_openidc writes down what it gets and gives: access tokens, ID tokens, codes, all claims of all users. Most guides leave the level there. Whoever reads the log, or the place where logs are gathered, " +
			"can use a token until it expires. From 2.4.20.2 on the worst is masked, unless `OIDCDebugMaskSecrets` is Off.",
		Mend:   "`LogLevel warn`, and debug only as long as somebody looks.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_http_call and oidc_util_set_app_info (oidc_debug); auth_openidc.conf",
		Check: func(p *rule.Pass) {
			for _, c := range logLevels(p) {
				n, word := speaking(c)
				if n < 0 {
					continue
				}
				to := "warn"
				if module, _, ok := strings.Cut(word, ":"); ok {
					to = module + ":warn"
				}
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("LogLevel %s has mod_auth_openidc write tokens and claims into the error log", word),
					Hint:    "LogLevel " + to,
					Fix:     written(c, n, 1, to),
				})
			}
		},
	}
}

// logLevels gives the LogLevel commands that count where mod_auth_openidc is used,
// also those of single paths.
func logLevels(p *rule.Pass) []*httpdconf.Command {
	var out []*httpdconf.Command
	used := map[*subject.Vhost]bool{}
	for _, v := range users(p) {
		used[v] = true
	}
	for _, s := range settings(users(p), "loglevel") {
		out = append(out, s.at)
	}
	for _, t := range p.Trees {
		for _, c := range t.Commands("loglevel") {
			if above := c.Parent(); above != nil && above.Key() != "<virtualhost" && used[t.VhostOf(c)] {
				out = append(out, c)
			}
		}
	}
	return out
}

// speaking gives the argument by which mod_auth_openidc logs at level debug or
// lower; n is -1 for none. What names the module wins over the level of all.
func speaking(c *httpdconf.Command) (n int, word string) {
	n = -1
	own := false
	for i, w := range c.Argv() {
		level, mine := strings.ToLower(w), false
		if module, rest, ok := strings.Cut(level, ":"); ok {
			mine = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(module, ".c"), "mod_"), "_module") == "auth_openidc"
			if level = rest; !mine {
				continue
			}
		}
		if own && !mine {
			continue
		}
		own = own || mine
		if n, word = -1, ""; level == "debug" || strings.HasPrefix(level, "trace") {
			n, word = i, w
		}
	}
	return n, word
}
