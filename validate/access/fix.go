package access

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// replaceWord puts another word in the place of one, in quotes where it was or has
// to be; nil where the file does not have it as it is.
func replaceWord(c *httpdconf.Command, n int, word, title string) *finding.Fix {
	quote, words := httpdconf.Quote, c.Words()
	if n < len(words) && strings.HasPrefix(words[n].Raw, `"`) {
		quote = httpdconf.QuoteAlways
	}
	quoted, err := quote(word)
	if err != nil {
		return nil
	}
	return subject.Reword(title, c, n, 1, quoted)
}
