package claims

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

// encoded gives the variable with its value as OIDCPassClaimsAs tells. Before
// 2.4.12.1 an encoding was for headers alone.
func (m Module) encoded(v Variable, text string, as PassAs) Variable {
	encoding, note := m.Encoding, ""
	if as == Environment && m.Name == AuthOpenIDC && !m.since("2.4.12.1") {
		encoding = Raw
	}
	v.Value, note = encode(text, encoding)
	v.Note = notes(v.Note, note)
	return v
}

// chance marks the integers that 2.4.20.3 without an encoding puts into the
// environment by the address of a buffer that is gone when they are read
// (oidc_util_appinfo_set_one: s_int, kept by apr_table_addn). Headers are copied.
func (m Module) chance(v Variable, value any) Variable {
	n, ok := value.(json.Number)
	if !ok || m.Encoding != Raw || m.Name != AuthOpenIDC || platform.CompareVersions(m.Version, "2.4.20.3") != 0 {
		return v
	}
	if _, ok := integer(n); ok {
		v.Value, v.Chance, v.Note = "", true, "a fault of this version: without an encoding it hands out stray memory instead of an integer; leave the encoding at its default"
	}
	return v
}

func encode(text string, encoding Encoding) (encoded, note string) {
	switch encoding {
	case Base64URL:
		return base64.RawURLEncoding.EncodeToString([]byte(text)), "base64url, which Keystone does not decode"
	case Latin1:
		return latin1(text)
	}
	if strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) >= 0 {
		return text, "UTF-8, of which WSGI makes one character per byte"
	}
	return text, ""
}

// latin1 writes what ISO-8859-1 has, and a question mark for all else.
func latin1(text string) (encoded, note string) {
	var b strings.Builder
	for _, r := range text {
		if r > 0xff {
			r, note = '?', "characters that ISO-8859-1 does not have became ?"
		}
		b.WriteByte(byte(r))
	}
	return b.String(), note
}

// headerSafe is a value as it stands in a header: mod_auth_openidc takes line
// feeds out, and from 2.4.19.3 on carriage returns.
func (m Module) headerSafe(v Variable) Variable {
	ends := "\n"
	if m.since("2.4.19.3") {
		ends = "\r\n"
	}
	if m.Name == AuthOpenIDC && strings.ContainsAny(v.Value, ends) {
		v.Value, v.Note = spaced(v.Value, ends), notes(v.Note, "line ends became spaces")
	}
	return v
}

// spaced puts spaces for some bytes; the value need not be UTF-8.
func spaced(value, ends string) string {
	b := []byte(value)
	for i, c := range b {
		if strings.IndexByte(ends, c) >= 0 {
			b[i] = ' '
		}
	}
	return string(b)
}
