package secret

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

const canary = "hunter2-Canary"

// TestValueIsNeverPrinted goes through the ways Go has of printing, directly and
// inside other values.
func TestValueIsNeverPrinted(t *testing.T) {
	v := New(canary)
	holder := struct {
		V Value
		P *Value
		L []Value
		M map[string]Value
	}{v, &v, []Value{v}, map[string]Value{"k": v}}
	out := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%T%v", "%20s", "%.3s"} {
		out[verb] = fmt.Sprintf(strings.Replace(verb, "%T", "", 1), v)
		out[verb+" pointer"] = fmt.Sprintf(strings.Replace(verb, "%T", "", 1), &v)
		out[verb+" holder"] = fmt.Sprintf(strings.Replace(verb, "%T", "", 1), holder)
	}
	out["error"] = fmt.Errorf("%w: %v", errors.New("x"), v).Error()
	out["json"] = marshalled(t, json.Marshal, holder)
	out["yaml"] = marshalled(t, yaml.Marshal, holder)
	out["xml"] = marshalled(t, xml.Marshal, element{v})
	out["slog text"] = logged(func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) }, v, holder)
	out["slog json"] = logged(func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) }, v, holder)
	out["template"] = executed(t, v)
	for way, text := range out {
		if shown(text) {
			t.Errorf("%s shows the secret: %s", way, text)
		}
		if !strings.Contains(text, Mask) && !strings.Contains(way, "pointer") {
			t.Errorf("%s does not show the mask: %s", way, text)
		}
	}
}

type element struct{ V Value }

// shown looks for the secret and for its bytes as hexadecimal and decimal digits.
func shown(text string) bool {
	plain := strings.ReplaceAll(strings.ToLower(text), " ", "")
	return strings.Contains(text, canary) || strings.Contains(plain, fmt.Sprintf("%x", canary)) ||
		strings.Contains(text, strings.Trim(fmt.Sprint([]byte(canary)), "[]"))
}

func marshalled(t *testing.T, marshal func(any) ([]byte, error), value any) string {
	t.Helper()
	text, err := marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func logged(handler func(*bytes.Buffer) slog.Handler, values ...any) string {
	var out bytes.Buffer
	for _, v := range values {
		slog.New(handler(&out)).Info("m", "value", v)
	}
	return out.String()
}

func executed(t *testing.T, v Value) string {
	t.Helper()
	var out bytes.Buffer
	if err := template.Must(template.New("").Parse(`{{.}} {{printf "%q" .}}`)).Execute(&out, v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestReveal(t *testing.T) {
	if diff := cmp.Diff(canary, New(canary).Reveal()); diff != "" {
		t.Error(diff)
	}
	if New(canary).Empty() || !(Value{}).Empty() {
		t.Error("Empty is wrong")
	}
}

func TestRedact(t *testing.T) {
	jwt := "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"
	fernet := "gAAAAABm" + strings.Repeat("x", 40)
	var r Redactor
	r.Add(New(canary), New(canary+"-longer"), New("abc"), Value{}, New("regex.*("))
	cases := map[string]struct{ text, want string }{
		"nothing":          {"plain text", "plain text"},
		"known":            {"a " + canary + " b", "a REDACTED b"},
		"twice":            {canary + canary, "REDACTEDREDACTED"},
		"one in another":   {canary + "-longer", "REDACTED"},
		"too short":        {"abc", "abc"},
		"not a pattern":    {"regex.*( regexxx(", "REDACTED regexxx("},
		"JWT":              {"Bearer " + jwt + ", x", "Bearer REDACTED, x"},
		"JWT unsigned":     {"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "REDACTED"},
		"Fernet":           {`"` + fernet + `"`, `"REDACTED"`},
		"JWT in a URL":     {"https://a/?t=" + jwt + "&x=1", "https://a/?t=REDACTED&x=1"},
		"word like one":    {"eyJ gAAAA", "eyJ gAAAA"},
		"over some lines":  {canary + "\n" + jwt, "REDACTED\nREDACTED"},
		"inside a longer":  {"x" + canary + "y", "xREDACTEDy"},
		"nothing to do at": {"", ""},
	}
	for name, c := range cases {
		if diff := cmp.Diff(c.want, r.Redact(c.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// The zero Redactor masks what is shaped like a token.
func TestZeroRedactor(t *testing.T) {
	var r Redactor
	if diff := cmp.Diff("REDACTED "+canary, r.Redact("eyJhbGciOiJSUzI1NiJ9.e30.c2ln "+canary)); diff != "" {
		t.Error(diff)
	}
}

func TestRedactorIsShared(t *testing.T) {
	var r Redactor
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 100 {
			r.Add(New(fmt.Sprintf("%s-%d", canary, i)))
		}
	}()
	for range 100 {
		_ = r.Redact(canary)
	}
	<-done
	if diff := cmp.Diff("REDACTED", r.Redact(canary+"-99")); diff != "" {
		t.Error(diff)
	}
}

func TestMark(t *testing.T) {
	h, other := NewHasher(), NewHasher()
	first, again := h.Mark("a"), h.Mark("a")
	if first != again || first == h.Mark("b") {
		t.Error("marks of one Hasher do not tell secrets apart")
	}
	if h.Mark("a") == other.Mark("a") {
		t.Error("marks of two Hashers can be compared, so they can be guessed")
	}
	if len(h.Mark(canary)) != 8 {
		t.Error(h.Mark(canary))
	}
}
