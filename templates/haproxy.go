package templates

import (
	_ "embed"
	"errors"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
)

//go:embed haproxy.cfg.tmpl
var haproxyText string

// haproxy renders the lines that stand between the public address and the
// controllers. They are those of puppet-tripleo (manifests/haproxy.pp), the buffer
// and the stickiness besides.
func (d deployment) haproxy() (File, error) {
	s := newSlots()
	s.fact("Sticky", d.sticky())
	text, err := small("haproxy.cfg", haproxyText, s, haproxyWord, map[string][]run{"server": d.haproxyServers()})
	if err != nil {
		return File{}, err
	}
	want := d.haproxyMeant()
	return deployFile("/haproxy.cfg", text, func(text []byte) error {
		if !slices.EqualFunc(haproxyLines(text, "server"), want, slices.Equal[[]string]) {
			return errOtherMeaning
		}
		return nil
	}), nil
}

func (d deployment) haproxyServers() []run {
	var out []run
	for _, c := range d.fed.Controllers {
		s := newSlots()
		s.one("Name", c.Name.Value)
		s.one("Address", d.proxied(c.Address.Value))
		s.one("CA", d.platform.Layout.CABundle)
		s.fact("Sticky", d.sticky())
		s.fact("TLS", d.fed.HTTPD.TLS != nil)
		out = append(out, run{slots: s})
	}
	return out
}

// haproxyMeant are the words of each line that holds a value.
func (d deployment) haproxyMeant() [][]string {
	var out [][]string
	for _, c := range d.fed.Controllers {
		line := []string{"server", c.Name.Value, d.proxied(c.Address.Value), "check", "inter", "2000", "rise", "2", "fall", "5"}
		if d.sticky() {
			line = append(line, "cookie", c.Name.Value)
		}
		if d.fed.HTTPD.TLS != nil {
			line = append(line, "ssl", "verify", "required", "ca-file", d.platform.Layout.CABundle)
		}
		out = append(out, line)
	}
	return out
}

// haproxyLines reads the lines that begin with a word. haproxy ends a word at a
// blank (configuration manual, 2.2); haproxyWord lets nothing pass that is quoted.
func haproxyLines(text []byte, first string) [][]string {
	var out [][]string
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 && words[0] == first {
			out = append(out, words)
		}
	}
	return out
}

var haproxyPlain = pattern.Lazy(`^[A-Za-z0-9._:/\[\]-]+$`)

// haproxyWord takes words that mean themselves without quotes.
func haproxyWord(value string) (string, error) {
	if !haproxyPlain().MatchString(value) {
		return "", errors.New("a value holds characters that haproxy.cfg would need quoted")
	}
	return value, nil
}
