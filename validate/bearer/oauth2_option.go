package bearer

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// withoutOption takes one option out of the word of options. nil where the word is
// written with something else around it.
func withoutOption(v verify, option string) *finding.Fix {
	word, ok := v.optionWord()
	if !ok || word.Raw != word.Value || word.At == v.at.At() || !slices.Contains(strings.Split(word.Value, "&"), option) {
		return nil
	}
	return &finding.Fix{Title: "take " + option + " away", Edits: []finding.Edit{removal(word, option)}}
}

// removal takes an option and one & beside it away. The edit shows nothing of the
// other options, which may be secrets.
func removal(word httpdconf.Arg, option string) finding.Edit {
	from := strings.Index("&"+word.Value+"&", "&"+option+"&")
	to := from + len(option)
	switch {
	case to < len(word.Value):
		to++
	case from > 0:
		from--
	}
	at := word.At
	at.Start.Byte, at.Start.Column = word.At.Start.Byte+from, word.At.Start.Column+from
	at.End.Byte, at.End.Column = word.At.Start.Byte+to, word.At.Start.Column+to
	return finding.Edit{At: at}
}
