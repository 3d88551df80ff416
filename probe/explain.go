package probe

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// explain gives the failed outcome for an answer: the first row of the table
// that fits, or the bare facts. What token-check found wrong comes first where
// httpd refused the exchange: it is the likelier cause.
func (v *visit) explain(stepName string, a keystone.Answer) outcome {
	notes := v.evidence(a)
	r, ok := v.find(stepName, a)
	if !ok {
		return failed(a, fmt.Sprintf("an answer %d of %s, which was not expected here", a.Status, a.AnsweredBy), "the reason stands in the logs of httpd and Keystone", notes...)
	}
	cause, mend := v.named(r.cause, a), v.named(r.mend, a)
	if stepName == issuing && v.problem != "" && refusedByHTTPD(a) {
		notes = append(notes, cause)
		cause, mend = "httpd refused the token, whose check failed: "+v.problem, cmp.Or(v.mend, mend)
	}
	return failed(a, cause, mend, notes...)
}

func (v *visit) find(stepName string, a keystone.Answer) (row, bool) {
	for _, r := range table() {
		if v.fits(r, stepName, a) {
			return r, true
		}
	}
	return row{}, false
}

func (v *visit) fits(r row, stepName string, a keystone.Answer) bool {
	return (r.steps == "" || slices.Contains(strings.Fields(r.steps), stepName)) &&
		(r.status == 0 || r.status == a.Status) &&
		(r.by == "" || r.by == a.AnsweredBy) &&
		(r.seen == "" || shows(a, v.named(r.seen, a))) &&
		(r.control == "" || r.control == controlOf(v.control))
}

// shows looks for a text in what an answer says about itself.
func shows(a keystone.Answer, text string) bool {
	where := string(a.Body) + "\n" + strings.Join(a.Header.Values("Www-Authenticate"), "\n") + "\nLocation: " + locationPath(a)
	return strings.Contains(strings.ToLower(where), strings.ToLower(text))
}

// locationPath gives the path a redirect points at.
func locationPath(a keystone.Answer) string {
	location := a.Header.Get("Location")
	if _, rest, ok := strings.Cut(location, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		return "/" + path
	}
	return location
}

func controlOf(a keystone.Answer) string {
	switch {
	case a.Status == 0:
		return ""
	case strings.HasPrefix(strings.ToLower(a.Header.Get("Www-Authenticate")), "bearer"):
		return "bearer"
	default:
		return "page"
	}
}

// named puts this federation's names into a text of the table.
func (v *visit) named(text string, a keystone.Answer) string {
	return strings.NewReplacer(
		"{idp}", v.found.ID,
		"{protocol}", v.found.Protocol,
		"{issuer}", v.found.Issuer,
		"{path}", keystone.AuthPath(v.found.ID, v.found.Protocol),
		"{keystone}", v.url,
		"{audience}", cmp.Or(v.idp.Bearer.Audience.Value, v.idp.Client.ID.Value),
		"{clients}", strings.Join(texts(v.idp.Bearer.Clients), ", "),
		"{domain}", v.idp.Domain.Value,
		"{host}", cmp.Or(a.RedirectHost(), "the same host"),
	).Replace(text)
}

// evidence quotes what speaks for a verdict: the challenge, and the beginning
// of a body that is not a success.
func (v *visit) evidence(a keystone.Answer) []string {
	var notes []string
	if challenge := a.Header.Get("Www-Authenticate"); challenge != "" {
		notes = append(notes, "WWW-Authenticate: "+challenge)
	}
	if a.Status >= http.StatusBadRequest && len(a.Body) > 0 {
		notes = append(notes, "answer: "+a.Excerpt(v.opts.Mask))
	}
	return notes
}
