package httpdconf

import "strings"

// word is one word of a logical line, as ap_getword_conf takes it.
type word struct {
	value    string
	from, to int  // where it stands in the line, quotes included
	open     bool // a quote that is never closed; httpd accepts it
}

// nextWord takes the word that begins at or after an offset, and gives the offset
// of the one after it. ok is false when nothing is left.
//
// A quote begins a quoted word only at its first character, and the closing
// quote ends it even if no space follows: `"a"b` is two words.
func nextWord(text string, at int) (w word, next int, ok bool) {
	at = skipSpace(text, at)
	if at == len(text) {
		return word{}, at, false
	}
	w.from = at
	if q := text[at]; q == '"' || q == '\'' {
		w.quoted(text, q)
	} else {
		w.bare(text)
	}
	return w, skipSpace(text, w.to), true
}

func (w *word) quoted(text string, quote byte) {
	i := w.from + 1
	for i < len(text) && text[i] != quote {
		if text[i] == '\\' && i+1 < len(text) && (text[i+1] == quote || text[i+1] == '\\') {
			i++
		}
		i++
	}
	w.value, w.to, w.open = unescape(text[w.from+1:i], quote), i+1, i >= len(text)
	w.to = min(w.to, len(text))
}

func (w *word) bare(text string) {
	i := w.from
	for i < len(text) && !isSpace(text[i]) {
		i++
	}
	w.value, w.to = unescape(text[w.from:i], 0), i
}

// unescape takes the backslash from `\\` and, in a quoted word, from an escaped
// quote. Any other backslash stays (substring_conf). quote is 0 in a bare word.
func unescape(s string, quote byte) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '\\' || quote != 0 && s[i+1] == quote) {
			i++
		}
		out = append(out, s[i])
	}
	return string(out)
}

func skipSpace(text string, at int) int {
	for at < len(text) && isSpace(text[at]) {
		at++
	}
	return at
}
