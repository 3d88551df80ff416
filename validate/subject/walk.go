package subject

import (
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/platform"
)

// Problems gives what httpd refuses when it works off what it has read; see
// walkcheck.Check.
func (t *Tree) Problems() []walkcheck.Problem {
	if !t.walked {
		t.walked = true
		table := platform.Table{}
		if t.Module != "" {
			table, _ = platform.TableFor(t.Module)
		}
		t.problems = walkcheck.Check(t.Conf, walkcheck.Options{Module: table})
	}
	return t.problems
}
