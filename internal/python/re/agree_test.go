package re_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
)

// tally counts what a comparison came to.
type tally struct{ asked, matches, refused, undecidable, slow int }

func (n tally) String() string {
	return fmt.Sprintf("%d searches, %d matches, %d patterns refused by Python, %d undecidable, %d too slow for Python",
		n.asked, n.matches, n.refused, n.undecidable, n.slow)
}

// compare asks Python and ourselves, and reports every difference.
func (n *tally) compare(t *testing.T, o *oracle, q question) {
	t.Helper()
	want := o.ask(t, q)
	p, err := re.Compile(q.Pattern, o.version, time.Second)
	if n.undecided(t, q.Pattern, err) {
		return
	}
	if want.Class != "" {
		n.refused++
		n.sameException(t, q, want, err)
		return
	}
	if err != nil {
		t.Errorf("%q: got %v; Python takes it", q.Pattern, err)
		return
	}
	for i, s := range q.Strings {
		n.sameAnswer(t, q.Pattern, s, want.Found[i], p)
	}
}

func (n *tally) undecided(t *testing.T, pattern string, err error) bool {
	var undecidable *python.Undecidable
	if errors.As(err, &undecidable) {
		t.Logf("%.80q: %v", pattern, err)
		n.undecidable++
		return true
	}
	return false
}

func (n *tally) sameException(t *testing.T, q question, want reply, err error) {
	t.Helper()
	var got *python.Exception
	if !errors.As(err, &got) {
		t.Errorf("%q: got %v; Python raises %s: %s", q.Pattern, err, want.Class, want.Message)
	} else if got.Class != want.Class || got.Class == "error" && got.Message != want.Message {
		t.Errorf("%q: got %v; Python raises %s: %s", q.Pattern, got, want.Class, want.Message)
	}
}

func (n *tally) sameAnswer(t *testing.T, pattern, s string, want int, p *re.Pattern) {
	t.Helper()
	n.asked++
	if want == tookTooLong {
		n.slow++
		return
	}
	got, err := p.Search(s)
	if n.undecided(t, pattern, err) {
		return
	}
	if err != nil || want == metABug || got != (want == 1) {
		t.Errorf("%q in %q: got %v, %v; Python says %v", pattern, s, got, err, want)
	}
	n.matches += want
}
