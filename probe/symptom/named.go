package symptom

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// named puts the names at hand into a text of the table.
func (f Facts) named(text string) string {
	n := f.Names
	pairs := []string{
		"{idp}", n.IDP,
		"{protocol}", n.Protocol,
		"{issuer}", n.Issuer,
		"{path}", cmp.Or(f.Words["path"], n.Path()), "{escaped}", url.QueryEscape(n.Path()),
		"{keystone}", n.Keystone,
		"{audience}", n.Audience,
		"{clients}", strings.Join(n.Clients, ", "), "{Require of its clients}", n.clientLines(),
		"{domain}", n.Domain,
		"{token}", cmp.Or(n.TokenKind, "access"),
		"{step}", f.Step,
		"{status}", fmt.Sprint(f.Answer.Status),
		"{host}", cmp.Or(f.Answer.RedirectHost(), "the same host"),
		"{at}", f.Fault.At, "{got}", f.Fault.Got,
		"{size}", fmt.Sprint(f.Token.Size),
		"{message}", excerpt(f.Answer),
		"{why}", f.Rules.Why, "{where}", f.Rules.Where, "{whose}", f.Rules.Whose, "{user}", f.Rules.User,
		"{groups}", strings.Join(f.Rules.Groups, ", "), "{hosturl}", originOf(n.Keystone),
		"{groupids}", strings.Join(f.Rules.GroupIDs, ", "),
		"{prefix}", pathOf(n.Keystone), "{asked}", f.path(),
		"{origin}", originOf(f.Answer.Header.Get("Location")), "{fault-mend}", f.Fault.Mend,
	}
	for word, value := range f.Words {
		pairs = append(pairs, "{"+word+"}", value)
	}
	pairs = append(pairs, f.tokenWords()...)
	return strings.NewReplacer(append(pairs, f.cloudWords()...)...).Replace(text)
}

// evidence quotes what speaks for a diagnosis: the challenge, the beginning of a
// body that is not a success, and how the token's checks went.
func (f Facts) evidence() []string {
	notes := slices.Clone(f.Notes)
	if challenge := f.Answer.Header.Get("Www-Authenticate"); challenge != "" {
		notes = append(notes, "WWW-Authenticate: "+challenge)
	}
	if f.Answer.Status >= http.StatusBadRequest && len(f.Answer.Body) > 0 {
		notes = append(notes, "answer: "+excerpt(f.Answer))
	}
	if n := len(f.Token.Problems); n > 0 && (f.Step == "token-check" && n > 1 || f.refusedByHTTPD()) {
		notes = append(notes, f.Token.problems())
	}
	return notes
}

// problems lists every check that failed.
func (t Token) problems() string {
	var all []string
	for _, p := range t.Problems {
		all = append(all, p.Check+" "+p.Seen+" (expected "+p.Expected+")")
	}
	return "the token's check: " + strings.Join(all, "; ")
}

// text says what was asked and what came.
func (a Asked) text() string {
	if a.Err != nil {
		return a.Question.Says + ": no answer"
	}
	return a.Question.Says + ": " + summary(a.Answer)
}

func summary(a keystone.Answer) string {
	text := fmt.Sprintf("%d of %s", a.Status, a.AnsweredBy)
	if challenge := a.Header.Get("Www-Authenticate"); challenge != "" {
		scheme, _, _ := strings.Cut(challenge, " ")
		text += ", WWW-Authenticate: " + scheme
	}
	if host := a.RedirectHost(); host != "" {
		text += ", to " + host
	}
	return text
}
