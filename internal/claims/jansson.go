package claims

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

// jsonText writes a value as the module's jansson does (json_dumps): members in
// their order, without spaces from mod_auth_openidc 2.4.16.4 on.
func (m Module) jsonText(v any) string {
	d := dumper{comma: ", ", colon: ": ", shortest: platform.CompareVersions(m.Jansson, "2.15") >= 0}
	if m.Name == AuthOpenIDC && m.since("2.4.16.4") {
		d.comma, d.colon = ",", ":"
	}
	d.value(v)
	return d.b.String()
}

type dumper struct {
	b            strings.Builder
	comma, colon string
	shortest     bool // reals by David Gay's dtoa, as from jansson 2.15 on
}

func (d *dumper) value(v any) {
	switch v := v.(type) {
	case nil:
		d.b.WriteString("null")
	case bool:
		d.b.WriteString(strconv.FormatBool(v))
	case json.Number:
		d.b.WriteString(d.number(v))
	case string:
		d.text(v)
	case List:
		d.list(v)
	case Object:
		d.object(v)
	}
}

func (d *dumper) list(list List) {
	d.b.WriteByte('[')
	for i, item := range list {
		if i > 0 {
			d.b.WriteString(d.comma)
		}
		d.value(item)
	}
	d.b.WriteByte(']')
}

func (d *dumper) object(o Object) {
	d.b.WriteByte('{')
	for i, c := range o {
		if i > 0 {
			d.b.WriteString(d.comma)
		}
		d.text(c.Name)
		d.b.WriteString(d.colon)
		d.value(c.Value)
	}
	d.b.WriteByte('}')
}

// text escapes what must be (jansson, dump_string); all else stays UTF-8.
func (d *dumper) text(s string) {
	const special, letter = "\"\\\b\f\n\r\t", `"\bfnrt`
	d.b.WriteByte('"')
	for i := range len(s) {
		c := s[i]
		switch at := strings.IndexByte(special, c); {
		case at >= 0:
			d.b.WriteString(`\` + letter[at:at+1])
		case c < 0x20:
			fmt.Fprintf(&d.b, `\u%04X`, c)
		default:
			d.b.WriteByte(c)
		}
	}
	d.b.WriteByte('"')
}

func (d *dumper) number(n json.Number) string {
	if i, ok := integer(n); ok {
		return strconv.FormatInt(i, 10)
	}
	f, _ := n.Float64()
	if d.shortest {
		return janssonShortest(f)
	}
	return janssonSeventeen(f)
}

// janssonSeventeen is C's %.17g, with ".0" where it looks like an integer and
// without plus and zeros in the exponent (jansson before 2.15, jsonp_dtostr).
func janssonSeventeen(f float64) string {
	return janssonMark(strconv.FormatFloat(f, 'g', 17, 64))
}

// janssonShortest is the shortest text that reads back as the same number, with an
// exponent below 1e-4 and from 1e16 on (jansson 2.15, jsonp_dtostr).
func janssonShortest(f float64) string {
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return janssonMark(strconv.FormatFloat(f, 'e', -1, 64))
	}
	return janssonMark(strconv.FormatFloat(f, 'f', -1, 64))
}

func janssonMark(s string) string {
	digits, exponent, has := strings.Cut(s, "e")
	switch {
	case has && exponent[0] == '-':
		return digits + "e-" + strings.TrimLeft(exponent[1:], "0")
	case has:
		return digits + "e" + strings.TrimLeft(exponent, "+0")
	case strings.Contains(s, "."):
		return s
	}
	return s + ".0"
}
