package httpdconf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxValue keeps an argument, quoted, well within the longest line httpd reads.
const maxValue = maxLine / 4

// plain are the characters, besides letters and digits, that an argument may
// hold without quotes wherever it stands.
const plain = "._-~:/@%+,=?&;*!^|()[]{}$"

// Quote writes one argument so that httpd reads back exactly the value, with
// quotes only where they are needed. An error says what httpd cannot be given
// and where it stands; it never shows the value, which may be a secret.
//
// It serves every command that splits its line with ap_getword_conf, also the
// Require lines of mod_auth_openidc. Commands with a grammar of their own
// (RewriteRule, RewriteCond, expressions) are not served.
func Quote(value string) (string, error) {
	if value == "" || needsQuotes(value) {
		return QuoteAlways(value)
	}
	if err := check(value); err != nil {
		return "", err
	}
	return value, nil
}

// QuoteAlways is Quote, but sets quotes also where they are not needed.
func QuoteAlways(value string) (string, error) {
	if err := check(value); err != nil {
		return "", err
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`, nil
}

func needsQuotes(value string) bool {
	return strings.ContainsFunc(value, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune(plain, r)
	})
}

// check refuses what no quoting can bring through. httpd replaces ${NAME} before
// it looks at quotes, and nothing escapes that.
func check(value string) error {
	if i := strings.Index(value, "${"); i >= 0 {
		return fmt.Errorf("httpd argument: ${ at byte %d would be replaced by a variable, and httpd has no escape for it; use a value without ${", i)
	}
	if len(value) > maxValue {
		return fmt.Errorf("httpd argument: %d bytes are more than the %d that are safe on one line", len(value), maxValue)
	}
	if i := strings.IndexFunc(value, func(r rune) bool { return r < 0x20 || r == 0x7f }); i >= 0 {
		return fmt.Errorf("httpd argument: control character 0x%02x at byte %d; use printable characters", value[i], i)
	}
	if tail := invalidTail(value); tail != "" {
		i := len(value) - len(tail)
		return fmt.Errorf("httpd argument: byte 0x%02x at byte %d is not valid UTF-8", value[i], i)
	}
	return nil
}

// invalidTail gives a text from its first invalid byte on.
func invalidTail(s string) string {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			return s
		}
		s = s[size:]
	}
	return s
}
