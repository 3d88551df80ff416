package symptom

import (
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
)

// excerpt gives what an answer says, for a person: Keystone's message, or the
// beginning of the text of a page.
func excerpt(a keystone.Answer) string {
	if text := pageText(string(a.Body)); text != "" {
		a.Body = []byte(text)
	}
	return a.Excerpt(new(secret.Redactor))
}

// pageText takes the tags and the head out of a page; "" for what is no page.
func pageText(body string) string {
	if !strings.HasPrefix(strings.TrimSpace(body), "<") {
		return ""
	}
	if head := strings.Index(strings.ToLower(body), "</head>"); head >= 0 {
		body = body[head:]
	}
	var b strings.Builder
	for _, part := range strings.Split(body, "<") {
		_, text, _ := strings.Cut(part, ">")
		b.WriteString(text + " ")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
