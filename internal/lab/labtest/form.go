package labtest

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// form is a form of a page.
type form struct {
	action string
	inputs map[string]string
}

// The parts of a page that a person at a terminal needs. Buttons that say no are
// left out.
const (
	formPattern      = `(?is)<form\b([^>]*\bmethod="post"[^>]*)>(.*?)</form>`
	inputPattern     = `(?is)<(?:input|button)\b([^>]*)>`
	attributePattern = `(?is)\b(action|name|value)="([^"]*)"`
)

func firstForm(page string) (form, bool) {
	found := regexp.MustCompile(formPattern).FindStringSubmatch(page)
	if found == nil {
		return form{}, false
	}
	f := form{action: attributes(found[1])["action"], inputs: map[string]string{}}
	for _, m := range regexp.MustCompile(inputPattern).FindAllStringSubmatch(found[2], -1) {
		a := attributes(m[1])
		if name := a["name"]; name != "" && name != "cancel" && name != "abort" {
			f.inputs[name] = a["value"]
		}
	}
	return f, true
}

func attributes(text string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(attributePattern).FindAllStringSubmatch(text, -1) {
		out[strings.ToLower(m[1])] = html.UnescapeString(m[2])
	}
	return out
}

func (f form) target(t testing.TB, at *url.URL) string {
	t.Helper()
	target, err := at.Parse(f.action)
	if err != nil {
		t.Fatal(err)
	}
	return target.String()
}

func (f form) filled(p *Person) url.Values {
	out := url.Values{}
	for name, value := range f.inputs {
		switch name {
		case "username":
			value = p.name
		case "password":
			value = p.password
		}
		out.Set(name, value)
	}
	if p.Refuses && f.asks() {
		f.refuse(out)
	}
	return out
}

// asks tells a page with a yes and a no: Keycloak's consent page has accept and
// cancel, oidc-provider's for devices confirm and abort.
func (f form) asks() bool { return f.has("accept") || f.has("confirm") }

func (f form) has(name string) bool {
	_, ok := f.inputs[name]
	return ok
}

// refuse presses the other button.
func (f form) refuse(out url.Values) {
	for yes, no := range map[string]string{"accept": "cancel", "confirm": "abort"} {
		if f.has(yes) {
			out.Del(yes)
			out.Set(no, "yes")
		}
	}
}
