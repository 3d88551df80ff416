package browser

import (
	_ "embed"
	"encoding/json"
	"errors"
	"strings"

	"github.com/chromedp/chromedp"
)

//go:embed page.js
var script string

// state is what a page shows.
type state struct {
	Address  string // scheme, host and path
	Host     string // with the port
	Complete bool
	Form     bool   // a password can be given
	Sent     bool   // and has been
	User     string // in the dashboard's header
	Token    bool   // a field for a token
}

func (s state) place() string { return s.Address }

// look gives the state of the page; the zero state where there is none just now.
func (w *walker) look() state {
	s, err := run(w, chromedp.Evaluate[state](call("look")))
	if err != nil {
		return state{}
	}
	return s
}

// choose takes this identity provider on Horizon's login page. "" = it went on.
func (w *walker) choose() string {
	login := strings.TrimSuffix(w.walk.Dashboard, "/") + "/auth/login/"
	if _, err := run(w, chromedp.Navigate(login)); err != nil {
		return login + ": " + loadFault(err)
	}
	s := w.look()
	if w.atIssuer(s) { // WEBSSO_DEFAULT_REDIRECT
		return ""
	}
	return w.ask("choose", w.walk.Choice, w.walk.Label)
}

// loadFault is the browser's own word for why a page did not load.
func loadFault(err error) string {
	var e *chromedp.LoadError
	if errors.As(err, &e) {
		return e.ErrorText
	}
	return "it did not load in time"
}

// logIn fills in and sends the login form, in one go: the page cannot become
// another one between looking at its host and giving it the password.
func (w *walker) logIn() string {
	return w.ask("logIn", w.walk.Issuer, w.walk.Username, w.walk.Password.Reveal())
}

// logOut ends the dashboard's session.
func (w *walker) logOut() bool {
	if _, err := run(w, chromedp.Navigate(strings.TrimSuffix(w.walk.Dashboard, "/")+"/auth/logout/")); err != nil {
		return false
	}
	s := w.look()
	return s.Complete && s.User == ""
}

// ask calls a function of the script that says what is wrong; "" = nothing.
func (w *walker) ask(function string, args ...any) string {
	why, err := run(w, chromedp.Evaluate[string](call(function, args...)))
	if err != nil {
		return "the page does not let its form be filled in"
	}
	return why
}

// call is a call of a function of the script, which is not kept in the page.
func call(function string, args ...any) string {
	list := []string{}
	for _, a := range args {
		text, _ := json.Marshal(a) // strings and lists of them
		list = append(list, string(text))
	}
	return "(() => {" + script + "; return " + function + "(" + strings.Join(list, ", ") + ") })()"
}
