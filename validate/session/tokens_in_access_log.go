package session

import (
	"regexp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tokensInAccessLog() rule.Rule {
	return rule.Rule{
		Slug:     "tokens-in-access-log",
		Severity: finding.Warning,
		Title:    "tokens or session cookies are written into the access log",
		Why: "The log format writes down a header or a variable that is as good as a password: the bearer token of `Authorization`, the session's cookie, Keystone's own token, or the access token that the module hands on. " +
			"Whoever reads the log, or the place where logs are gathered, can act as these users until the tokens expire.",
		Mend:   "Take the field out of the format. The user's name is in `%u`.",
		Source: "httpd, modules/loggers/mod_log_config.c (%{NAME}i, %{NAME}o, %{NAME}e, %{NAME}C)",
		Check: func(p *rule.Pass) {
			for _, v := range hosts(p, user) {
				for _, c := range v.Commands("customlog") {
					format, at := formatOf(v, c)
					field := telling.FindString(format)
					if field == "" {
						continue
					}
					f := finding.Finding{Message: "the access log gets " + field + ", with which its readers can act as the users", Hint: "LogFormat \"%h %l %u %t \\\"%m %U %H\\\" %>s %b\" keystone"}
					if at != c {
						f.Related = []finding.Related{{Message: "the format", At: at.At()}}
					}
					p.On(c, f, v)
				}
			}
		},
	}
}

// formatOf gives the format of a CustomLog and where it is written: in itself, or
// under its nickname.
func formatOf(v *subject.Vhost, c *httpdconf.Command) (format string, at *httpdconf.Command) {
	name := subject.Arg(c, 1)
	formats := v.Own("logformat")
	if v.Main != nil {
		formats = append(append([]*httpdconf.Command{}, v.Main.Own("logformat")...), formats...)
	}
	format, at = name, c
	for _, f := range formats {
		if name != "" && subject.Arg(f, 1) == name {
			format, at = subject.Arg(f, 0), f
		}
	}
	return format, at
}

// telling is a field of a log format that is as good as a password.
var telling = regexp.MustCompile(`(?i)%[!<>0-9,]*\{(?:(?:proxy-)?authorization|cookie|x-auth-token|x-subject-token|oidc[-_](?:access|refresh|id)_token)\}\^?(?:i|ti)|` +
	`%[!<>0-9,]*\{(?:x-subject-token|set-cookie)\}o|%[!<>0-9,]*\{oidc[-_](?:access|refresh|id)_token\}e|%[!<>0-9,]*\{mod_auth_openidc_session\}C`)
