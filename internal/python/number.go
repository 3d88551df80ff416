package python

import (
	"math/big"
	"strconv"
	"strings"
)

// maxDigits is the default of sys.set_int_max_str_digits.
const maxDigits = 4300

// number reads a number. A name may follow at once (1if 2else 3), but no digit
// and no underscore.
func (l *lexer) number() (token, error) {
	begin := l.at
	if !l.based() {
		l.decimal()
	}
	text := l.src[begin:l.at]
	if l.digitAt(l.at) || l.at < len(l.src) && l.src[l.at] == '_' || badDecimal(text) {
		return token{}, syntaxError("invalid number")
	}
	return token{numberToken, text}, nil
}

// based reads an int of base 16, 8 or 2.
func (l *lexer) based() bool {
	if l.src[l.at] != '0' || l.at+1 == len(l.src) {
		return false
	}
	digits := ""
	switch l.src[l.at+1] | 0x20 {
	case 'x':
		digits = "0123456789abcdefABCDEF"
	case 'o':
		digits = "01234567"
	case 'b':
		digits = "01"
	}
	begin := l.at
	l.at += 2
	if l.at < len(l.src) && l.src[l.at] == '_' {
		l.at++
	}
	if digits != "" && l.digits(digits) {
		return true
	}
	l.at = begin
	return false
}

const decimalDigits = "0123456789"

// decimal reads digits, a point, an exponent and the mark of an imaginary number,
// as far as they are there.
func (l *lexer) decimal() {
	l.digits(decimalDigits)
	if l.take(".") {
		l.digits(decimalDigits)
	}
	before := l.at
	if l.take("eE") {
		l.take("+-")
		if !l.digits(decimalDigits) {
			l.at = before
		}
	}
	l.take("jJ")
}

func (l *lexer) take(set string) bool {
	if l.at == len(l.src) || strings.IndexByte(set, l.src[l.at]) < 0 {
		return false
	}
	l.at++
	return true
}

// digits reads one or more, with single underscores between them.
func (l *lexer) digits(set string) bool {
	begin := l.at
	for l.take(set) || l.at > begin && l.at+1 < len(l.src) && l.src[l.at] == '_' && strings.IndexByte(set, l.src[l.at+1]) >= 0 && l.take("_") {
	}
	return l.at > begin
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
	if strings.ContainsAny(text, "xXoObB") || !strings.ContainsAny(text, ".eEjJ") {
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
