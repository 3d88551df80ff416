package symptom

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/validate"
)

var update = flag.Bool("update", false, "write docs/symptoms.md anew")

const head = `# Symptoms

What ` + "`fedstone probe`" + ` and ` + "`fedstone token`" + ` find: who refused, why, and the line that mends it. A failed step names a slug of this
file in its JSON (` + "`symptom`" + `); ` + "`fedstone explain SLUG`" + ` prints its section. Slugs stay.

The entries are tried in this order, and the first one that fits is meant. Where an answer alone has several causes, what is
known of the token, of the rules and (with ` + "`--cloud`" + `) of Keystone's objects parts them; where that is not enough, a second,
harmless request does: "asked …" below. No second request carries a token of anybody, and none leaves Keystone's address.

Words in braces stand for the names of the federation at hand. This file is written by a test from the table
(` + "`make update`" + `).
`

// docs/symptoms.md says what the table says.
func TestDocument(t *testing.T) {
	labtest.Golden(t, "../../docs/symptoms.md", []byte(head+Document()), *update)
}

// Every slug has a section, and every rule that a symptom names exists.
func TestRulesExist(t *testing.T) {
	for _, s := range All() {
		for _, r := range s.Rules {
			if !validate.Known(r) {
				t.Errorf("%s names %q, which is no rule of validate", s.Slug, r)
			}
		}
	}
	text, err := os.ReadFile("../../docs/symptoms.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range Slugs() {
		if strings.Count(string(text), "\n### "+slug+"\n") != 1 {
			t.Errorf("docs/symptoms.md has not one section %s", slug)
		}
	}
	if Page("no-such-slug") != "" {
		t.Error("a slug that is none has a section")
	}
}
