package bearer

import (
	"net/url"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// verify is one OAuth2TokenVerify: `type value options`. The value may be a secret
// where the type is no URL's, and so may the options.
type verify struct {
	at      *httpdconf.Command
	kind    string
	value   string
	options url.Values
}

func verifyOf(c *httpdconf.Command) verify {
	options, _ := url.ParseQuery(subject.Arg(c, 2)) // what cannot be read is no option
	return verify{c, subject.Arg(c, 0), subject.Arg(c, 1), options}
}

// verifies gives the ways to verify that hold at a door: those of the innermost
// section that has any.
func verifies(d *subject.Door) []verify {
	var out []verify
	all := d.Setting("OAuth2TokenVerify").Commands
	for _, c := range all {
		if c.Parent() == all[len(all)-1].Parent() {
			out = append(out, verifyOf(c))
		}
	}
	return out
}

// allVerifies gives every OAuth2TokenVerify of a tree.
func allVerifies(t *subject.Tree) []verify {
	var out []verify
	for _, c := range t.Commands("oauth2tokenverify") {
		out = append(out, verifyOf(c))
	}
	return out
}

// remote reports whether the value is the URL of a server that is asked.
func (v verify) remote() bool {
	switch v.kind {
	case "jwks_uri", "metadata", "introspect", "eckey_uri":
		return true
	}
	return false
}

// key says what tokens are verified with, to compare it; never to be shown.
func (v verify) key() string { return v.kind + " " + v.value }

// optionWord is the word of a command that holds its options.
func (v verify) optionWord() (httpdconf.Arg, bool) {
	if words := v.at.Words(); len(words) > 2 {
		return words[2], true
	}
	return httpdconf.Arg{}, false
}
