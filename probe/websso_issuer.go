package probe

import (
	"bytes"
	"net/http"
	"strings"

	"golang.org/x/net/html"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// issuerFaults: the issuer shows its login page, and not a page that says what is
// wrong with the request.
func issuerFaults(e end) []*fault {
	switch {
	case e.fault != nil:
		return []*fault{e.fault}
	case e.next != nil: // back to the redirect URI at once
		return []*fault{e.wrong(symptom.WebssoIssuerError, "seen", errorOf(e))}
	case e.answer.Status != http.StatusOK || refusal(e.answer):
		return []*fault{e.wrong(symptom.WebssoIssuerRefuses)}
	}
	return nil
}

// errorOf gives the word of an error response (RFC 6749, section 4.1.2.1), which is
// one of a few: anything else is not shown.
func errorOf(e end) string {
	word := e.next.Query().Get("error")
	if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz_") != "" || len(word) > 40 {
		word = ""
	}
	return textOr(word, "an answer that is no error word")
}

// refusal finds the words of issuers that refuse with status 200.
func refusal(a keystone.Answer) bool {
	text := string(readable(a).Body)
	for _, words := range []string{"AADSTS50011", "AADSTS700016", "redirect_uri_mismatch"} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// readable gives an HTML page of the issuer as the text that a person sees.
func readable(a keystone.Answer) keystone.Answer {
	if a.AnsweredBy != keystone.ByIDP || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return a
	}
	var text strings.Builder
	hidden := false
	for t := html.NewTokenizer(bytes.NewReader(a.Body)); t.Next() != html.ErrorToken; {
		token := t.Token()
		if token.Data == "script" || token.Data == "style" {
			hidden = token.Type == html.StartTagToken
		}
		if token.Type == html.TextToken && !hidden {
			text.WriteString(token.Data + " ")
		}
	}
	a.Body = []byte(finding.Printable(strings.Join(strings.Fields(text.String()), " ")))
	return a
}
