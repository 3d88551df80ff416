package suite

import (
	"fmt"
	"reflect"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/spec"
)

// Difference is one way in which a login came out differently than wanted.
type Difference struct {
	Key   string // of want; "" when the login itself was not as wanted
	Text  string // in one line
	Lines []Line
}

// Line is one line of a difference, drawn as YAML: Sign is '-' for what was
// wanted, '+' for what came, ' ' for what both have.
type Line struct {
	Sign byte
	Text string
}

// differences compares an outcome with what a test wants. Only what it asks for
// is judged; a login that ends is judged by the keys that ask for its end.
func (o outcome) differences(t spec.Test) []Difference {
	if !o.loggedIn() && !o.asked(t.Want) {
		return []Difference{{Text: o.ended(), Lines: []Line{{'-', "a login"}, {'+', o.ended()}}}}
	}
	var out []Difference
	for _, key := range keys() {
		if _, given := t.Want[key]; given && (o.loggedIn() || !ofLogin(key)) {
			out = append(out, compare(key, wanted(key, t.Want), o.got(key, t.Want))...)
		}
	}
	return out
}

// asked reports whether a test expects that a login ends, in the way this one
// does: what cannot be decided must be asked for by its own name.
func (o outcome) asked(want map[string]any) bool {
	if o.Undecidable != nil {
		return want["undecidable"] == true
	}
	_, class := want["error"]
	status, byStatus := want["status"]
	return want["refused"] == true || class || byStatus && status != created
}

// compare gives one difference, or none.
func compare(key string, want, got any) []Difference {
	want, got = inOrder(want), inOrder(got)
	lines := &recorder{key: key}
	if cmp.Equal(want, got, cmp.Reporter(lines)) {
		return nil
	}
	return []Difference{{Key: key, Text: fmt.Sprintf("%s: want %s, got %s", key, oneLine(want), oneLine(got)), Lines: lines.all()}}
}

func oneLine(value any) string {
	if value == "" {
		return `""`
	}
	return fmt.Sprint(value)
}

// recorder draws what cmp compares. A list has a line for each item.
type recorder struct {
	key   string
	path  cmp.Path
	lines []Line
	list  bool
}

// PushStep, PopStep and Report are cmp's: a walk through both values.
func (r *recorder) PushStep(step cmp.PathStep) {
	r.path = append(r.path, step)
	if _, item := step.(cmp.SliceIndex); item {
		r.list = true
	}
}

// PopStep leaves what PushStep has entered.
func (r *recorder) PopStep() { r.path = r.path[:len(r.path)-1] }

// Report keeps the lines of one value that is equal or not.
func (r *recorder) Report(result cmp.Result) {
	want, got := r.path.Last().Values()
	if result.Equal() {
		r.add(' ', want)
		return
	}
	r.add('-', want)
	r.add('+', got)
}

// add keeps a value; a list, which cmp gives as a whole where the other side is
// empty, item by item.
func (r *recorder) add(sign byte, v reflect.Value) {
	if !v.IsValid() {
		return
	}
	list, isList := v.Interface().([]any)
	if !isList {
		r.lines = append(r.lines, Line{sign, oneLine(v.Interface())})
		return
	}
	r.list = true
	for _, item := range list {
		r.lines = append(r.lines, Line{sign, oneLine(item)})
	}
}

// all gives the lines as YAML has them.
func (r *recorder) all() []Line {
	var out []Line
	if r.list {
		out = append(out, Line{' ', r.key + ":"})
	}
	for _, line := range r.lines {
		if r.list {
			line.Text = "  - " + line.Text
		} else {
			line.Text = r.key + ": " + line.Text
		}
		out = append(out, line)
	}
	return out
}
