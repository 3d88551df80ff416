package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/cabundle"
)

// TestExplainBundles: whatever is told of a CA bundle has a page, and stands in the list.
func TestExplainBundles(t *testing.T) {
	said := func(args ...string) string {
		var out, errOut bytes.Buffer
		if status := run(t.Context(), append([]string{"fedstone", "explain"}, args...), strings.NewReader(""), &out, &errOut); status != exitClean {
			t.Fatalf("%q: status %d: %s", args, status, &errOut)
		}
		return out.String()
	}
	list := said()
	for _, kind := range cabundle.Kinds() {
		if page := said(kind.Slug); !strings.HasPrefix(page, kind.Slug+"\n") || !strings.Contains(page, kind.Why) || !strings.Contains(page, kind.Mend) {
			t.Errorf("%s: %s", kind.Slug, page)
		}
		if !strings.Contains(list, "\n  "+kind.Slug+" ") {
			t.Errorf("%s is not in the list", kind.Slug)
		}
	}
}
