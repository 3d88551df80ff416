package engine

import (
	"errors"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// failure is an exception or an Undecidable with its place.
type failure struct {
	err  error
	rule int
	at   finding.Range
}

func (f *failure) Error() string { return f.err.Error() }

func (f *failure) Unwrap() error { return f.err }

// located gives an error its place, unless it has one; nil stays nil.
func located(err error, at finding.Range) error {
	if err == nil {
		return nil // before anything escapes to the heap: this is every rule's way
	}
	var f *failure
	if errors.As(err, &f) {
		return err
	}
	return &failure{err: err, at: at}
}

// inRule gives an error the number of its rule.
func inRule(err error, rule int, at finding.Range) error {
	var f *failure
	if !errors.As(located(err, at), &f) {
		return err
	}
	return &failure{err: f.err, rule: rule, at: f.at}
}

// outcome makes an outcome of an error.
func outcome(err error) Outcome {
	f := &failure{err: err}
	errors.As(err, &f)
	var open *python.Undecidable
	if errors.As(f.err, &open) {
		return Outcome{Undecidable: &Undecidable{Reason: open.Reason, Rule: f.rule, At: f.at}}
	}
	e := &Error{Class: "Exception", Status: 500, Message: f.err.Error(), Rule: f.rule, At: f.at}
	var raised *python.Exception
	if errors.As(f.err, &raised) {
		e.Class, e.Status, e.Message = raised.Class, Status(raised.Class), raised.Message
	}
	return Outcome{Error: e}
}

// Status gives the HTTP status of an exception that leaves the engine during a
// login. A ValidationError is made an Unauthorized (keystone/auth/plugins/
// mapped.py, handle_unscoped_token); a TypeError is taken for bad input
// (keystone/server/flask/application.py); whatever Keystone does not know is
// httpd's own 500.
func Status(class string) int {
	switch class {
	case "ValidationError", "SchemaValidationError":
		return 401
	case "TypeError":
		return 400
	}
	return 500
}

// refusal is Keystone's ValidationError.
func refusal(format string, args ...any) error {
	return &python.Exception{Class: "ValidationError", Message: fmt.Sprintf(format, args...)}
}

func undecidable(format string, args ...any) error {
	return &python.Undecidable{Reason: fmt.Sprintf(format, args...)}
}

func outOfRange(t *python.Template, direct int) string {
	for _, n := range t.Placeholders() {
		if n >= direct {
			return fmt.Sprintf("a placeholder {%d}, but the rule has %s (any_one_of and not_any_of are not counted)", n, count(direct, "direct entry", "direct entries"))
		}
	}
	return "a placeholder asks for a place that is not there"
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
