package probe

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// form is a form of a page, as it would be sent: with the values that the page
// has given, and those of its first button.
type form struct {
	action *url.URL // nil: it is no address
	method string
	values url.Values

	user     string // name of the field for the user's name; "" = none
	password string // name of the field for the password; "" = none
	button   bool
}

// forms reads the forms of a page, in their order. Tokens are enough: a tree could
// be nested as deeply as whoever wrote the page likes.
func (h hop) forms() []form {
	var all []form
	open := false
	for t := html.NewTokenizer(bytes.NewReader(h.answer.Body)); t.Next() != html.ErrorToken; {
		token := t.Token()
		switch {
		case token.Data == "form":
			if open = token.Type == html.StartTagToken; open {
				all = append(all, h.form(token))
			}
		case open && token.Type != html.EndTagToken:
			all[len(all)-1].take(token)
		}
	}
	return all
}

func (h hop) form(token html.Token) form {
	f := form{values: url.Values{}, method: strings.ToUpper(cmp.Or(attribute(token, "method"), http.MethodGet))}
	if action, err := h.url.Parse(attribute(token, "action")); err == nil {
		f.action = action
	}
	return f
}

func attribute(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// take adds a field to the form.
func (f *form) take(token html.Token) {
	name, value := attribute(token, "name"), attribute(token, "value")
	kind := strings.ToLower(attribute(token, "type"))
	isButton := token.Data == "button" && kind != "button" || token.Data == "input" && kind == "submit"
	switch {
	case name == "" || !isButton && token.Data != "input":
	case isButton && f.button:
	case isButton:
		f.button = true
		f.values.Set(name, value)
	case kind == "password":
		f.password = cmp.Or(f.password, name)
	case slices.Contains([]string{"", "text", "email"}, kind):
		f.user = cmp.Or(f.user, name)
		f.values.Set(name, value)
	case kind == "hidden":
		f.values.Add(name, value)
	}
}

// loginForm finds the form for a name and a password.
func (h hop) loginForm() (form, bool) {
	for _, f := range h.forms() {
		if f.user != "" && f.password != "" && f.action != nil {
			return f, true
		}
	}
	return form{}, false
}
