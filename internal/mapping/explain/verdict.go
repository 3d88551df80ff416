package explain

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// verdict is the outcome in one sentence: Word is ok, refused, failed or
// undecidable, and Text says the rest.
type verdict struct{ Word, Text string }

// verdict sums the login up, first things first.
func (r Report) verdict() verdict {
	out := r.Explanation.Outcome
	switch {
	case r.Refused != nil:
		return verdict{"refused", fmt.Sprintf("%s answers 401, and Keystone is not asked: %s", r.Refused.By, finding.Printable(r.Refused.Reason))}
	case out.Undecidable != nil:
		return verdict{"undecidable", finding.Printable(out.Undecidable.Reason)}
	case out.Error != nil:
		return ended(out.Error.Status, out.Error.Class, out.Error.Message)
	case !r.OK():
		return ended(r.Next.Error.Status, r.Next.Error.Class, r.Next.Error.Message)
	}
	return verdict{"ok", "Keystone maps this login to " + r.gist()}
}

// ended says how Keystone turns a login down.
func ended(status int, class, message string) verdict {
	word := "failed"
	if status == 401 || status == 403 {
		word = "refused"
	}
	return verdict{word, fmt.Sprintf("Keystone answers %d (%s): %s", status, class, finding.Printable(message))}
}

// gist names the user and counts what comes with it.
func (r Report) gist() string {
	m := r.Explanation.Mapped
	if m.User.Text("type") == "local" {
		return "the local user " + value(r.userName()) + ", with groups and projects of Keystone's own"
	}
	parts := []string{"user " + value(r.userName())}
	if n := len(distinctGroups(m)); n > 0 {
		parts = append(parts, count(n, "group"))
	}
	if n := len(m.Projects); n > 0 {
		parts = append(parts, count(n, "project"))
	}
	if len(parts) == 1 {
		return parts[0] + ", without groups and projects"
	}
	return strings.Join(parts, ", ")
}

// about says under whose behaviour this is so.
func (r Report) about() string {
	parts := []string{"Keystone " + r.Release, "schema " + r.Schema, "Python " + r.Python}
	if r.Module != "" {
		parts = append(parts, finding.Printable(r.Module))
	} else {
		parts = append(parts, "the claims as the environment")
	}
	return strings.Join(parts, ", ")
}
