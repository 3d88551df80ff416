package oslo

import (
	"strconv"
	"strings"
	"unicode"
)

// AsBool reads a text as a BoolOpt does (oslo_config/types.py); ok is false for
// what it refuses. White space counts, as quotes may leave some.
func AsBool(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "1", "on", "yes":
		return true, true
	case "false", "0", "off", "no":
		return false, true
	default:
		return false, false
	}
}

// AsInt reads a text as an IntOpt does, that is as int of Python: with a sign,
// underscores between digits, and digits of any script. ok is false for what it
// refuses, for no text at all, which it takes for no value, and for what does not
// fit.
func AsInt(text string) (value int64, ok bool) {
	text = strings.TrimFunc(text, isSpace)
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "+"), "-")
	if len(text)-len(digits) > 1 || strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__") {
		return 0, false
	}
	ascii := strings.Map(digit, strings.ReplaceAll(digits, "_", ""))
	if text != digits {
		ascii = text[:1] + ascii
	}
	value, err := strconv.ParseInt(ascii, 10, 64)
	return value, err == nil
}

// digit gives the ASCII digit of a decimal digit. Unicode has them in runs of ten,
// from zero to nine.
func digit(r rune) rune {
	if r < 0x80 {
		return r
	}
	for _, run := range unicode.Nd.R16 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return '0' + (r-rune(run.Lo))%10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return '0' + (r-rune(run.Lo))%10
		}
	}
	return r
}

func blank(text string) bool { return strings.TrimFunc(text, isSpace) == "" }

// AsList reads a text as a ListOpt does: split at commas, white space around the
// items and commas at the end dropped, empty items and quotes kept.
func AsList(text string) []string {
	text = strings.TrimRight(strings.TrimFunc(text, isSpace), ",")
	if text == "" {
		return nil
	}
	items := strings.Split(text, ",")
	for i, item := range items {
		items[i] = strings.TrimFunc(item, isSpace)
	}
	return items
}
