package subject

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// Masked gives a text as it may be shown: what may be a secret is made of stars, and
// every place stays where it is.
func Masked(src []byte) []byte { return MaskedLines(src, nil) }

// MaskedLines is Masked for some lines, counted from 1, of a text that may be large;
// the others are empty. All are wanted where wanted is nil.
func MaskedLines(src []byte, wanted map[int]bool) []byte {
	var out bytes.Buffer
	hidden, number := false, 0 // hidden: the line before goes on in this one, and holds a secret
	for line := range bytes.Lines(src) {
		number++
		goesOn := bytes.HasSuffix(bytes.TrimRight(line, "\r\n"), []byte(`\`))
		if wanted != nil && !wanted[number] && !goesOn && !hidden {
			out.WriteByte('\n')
			continue
		}
		shown, rest := split(line, hidden)
		hidden = len(rest) > 0 && goesOn
		out.Write(hideInside(shown))
		out.Write(stars(rest))
	}
	return out.Bytes()
}

// split parts a line in front of what is to be hidden as a whole.
func split(line []byte, all bool) (shown, rest []byte) {
	if all {
		return nil, line
	}
	if name, rest := key(line); secret(name) && !harmless(name, rest) {
		return line[:len(line)-len(rest)], rest
	}
	return line, nil
}

// key parts a line behind the first word, which names what the rest is. In a
// comment it is what was, or will be, a setting.
func key(line []byte) (name string, rest []byte) {
	start := len(line) - len(bytes.TrimLeft(line, " \t\"'{,-#;/<"))
	end := start + len(line[start:])
	if i := bytes.IndexAny(line[start:], " \t=:\"'"); i >= 0 {
		end = start + i
	}
	return string(line[start:end]), line[end:]
}

// secret reports whether what a word names is a secret, in any of the files.
func secret(name string) bool {
	switch strings.ToLower(name) {
	case "connection", "transport_url", "admin_token", "registration_token", "access_token", "refresh_token", "id_token", "oidcoutgoingproxy":
		return true
	}
	return httpdconf.Secret(name) || misspelt(name)
}

// misspelt reports whether a word is nearly the name of a directive whose value is
// a secret: httpd does not know it, but the secret stands there. No directive of the
// module that holds none is as near.
func misspelt(name string) bool {
	name = strings.ToLower(name)
	if !strings.HasPrefix(name, "oidc") {
		return false
	}
	for _, k := range [...]string{
		"oidcclientsecret", "oidcoauthclientsecret", "oidccryptopassphrase", "oidcrediscachepassword",
		"oidcoauthverifysharedkeys", "oidcclienttokenendpointkeypassword", "oidcoauthintrospectionclientauthbearertoken",
	} {
		if levenshtein.Distance(name, k, nil) <= 4 {
			return true
		}
	}
	return false
}

// harmless reports whether a line of httpd's whose arguments may hold a secret
// holds none.
func harmless(name string, rest []byte) bool {
	words := bytes.Fields(bytes.ToLower(rest))
	switch strings.ToLower(name) {
	case "header", "requestheader":
		return bytes.Contains(rest, []byte("unset"))
	case "proxypass", "proxypassmatch", "balancermember":
		return !bytes.ContainsAny(rest, "@") && !bytes.Contains(rest, []byte("secret="))
	case "wsgidaemonprocess":
		return true
	case "oidcoutgoingproxy":
		return len(words) < 2 && !bytes.ContainsAny(rest, "@")
	case "oauth2tokenverify":
		return len(words) > 0 && (bytes.Equal(words[0], []byte("jwks_uri")) || bytes.Equal(words[0], []byte("metadata")))
	}
	return false
}

// stars hides a text, but for what frames it.
func stars(text []byte) []byte {
	out := bytes.Clone(text)
	for i, c := range out {
		if c > ' ' && !strings.ContainsRune(`=:"',{}[]\`, rune(c)) {
			out[i] = '*'
		}
	}
	return out
}

// userInfo finds the password of a URL.
var userInfo = regexp.MustCompile(`://[^\s"'/@:]*:([^\s"']+)@`)

// pair finds a setting inside of a line, as in JSON and in Python, whose name says
// that its value is a secret.
var pair = regexp.MustCompile(`(?i)(?:(?:secret|passw|passphrase)\w*|(?:access|refresh|id|admin|registration|bearer)_?token)["']?\s*[:=]\s*` +
	`("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,&}"']+)`)

// hideInside hides the secrets of a line whose first word is no secret's name.
func hideInside(line []byte) []byte {
	if !bytes.ContainsAny(line, ":=") {
		return line
	}
	return hideFound(pair, hideFound(userInfo, line))
}

// hideFound hides what the group of an expression holds, wherever it fits.
func hideFound(expr *regexp.Regexp, line []byte) []byte {
	found := expr.FindAllSubmatchIndex(line, -1)
	if found == nil {
		return line
	}
	out := bytes.Clone(line)
	for _, at := range found {
		copy(out[at[2]:at[3]], stars(line[at[2]:at[3]]))
	}
	return out
}

// WithoutPasswords gives a text without the passwords of the URLs in it.
func WithoutPasswords(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	return string(hideFound(userInfo, []byte(text)))
}
