package python

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// maxDigits is the default of sys.set_int_max_str_digits.
const maxDigits = 4300

// The forms of numbers in Python's lexical analysis, longest first where one
// begins another.
var (
	floatForm = regexp.MustCompile(`^(?:` + digitPart + `?\.` + digitPart + `|` + digitPart + `\.?)(?:[eE][+-]?` + digitPart + `)?[jJ]?`)
	baseForm  = regexp.MustCompile(`^0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)`)
)

const digitPart = `(?:[0-9](?:_?[0-9])*)`

// number reads a number. A name may follow at once (1if 2else 3), but no digit
// and no underscore.
func (l *lexer) number() (token, error) {
	rest := l.src[l.at:]
	text := baseForm.FindString(rest)
	if text == "" {
		text = floatForm.FindString(rest)
	}
	l.at += len(text)
	if l.digitAt(l.at) || l.at < len(l.src) && l.src[l.at] == '_' || badDecimal(text) {
		return token{}, syntaxError("invalid number")
	}
	return token{numberToken, text}, nil
}

// badDecimal: an int other than 0 must not begin with a zero, and must not be
// longer than Python reads.
func badDecimal(text string) bool {
	if strings.ContainsAny(text, ".eEjJxXoObB") {
		return false
	}
	digits := strings.ReplaceAll(text, "_", "")
	significant := strings.TrimLeft(digits, "0")
	return significant != "" && significant != digits || len(significant) > maxDigits
}

// numberValue gives what number has read.
func numberValue(text string) any {
	text = strings.ReplaceAll(text, "_", "")
	if baseForm.MatchString(text) || !strings.ContainsAny(text, ".eEjJ") {
		return intValue(text)
	}
	digits := strings.TrimRight(text, "jJ")
	f, _ := strconv.ParseFloat(digits, 64) // beyond the range it is infinite, as in Python
	if digits != text {
		return complex(0, f)
	}
	return f
}

func intValue(text string) *big.Int {
	n := new(big.Int)
	if digits := strings.TrimLeft(text, "0"); digits == "" || digits[0] >= '1' && digits[0] <= '9' {
		n.SetString("0"+digits, 10)
	} else {
		n.SetString(text, 0)
	}
	return n
}
