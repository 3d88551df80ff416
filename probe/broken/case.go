package broken

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

//go:embed testdata
var testdata embed.FS

// Case is one cause that keeps a login from working, and what has to be found.
type Case struct {
	Name  string // of the identity provider as well; [a-z0-9-]
	About string // one sentence: what is wrong
	// Door names the virtual host that is asked: testdata/doors/DOOR.conf. "" is sound.
	Door string
	// URL is keystone.url where it is not https://DOOR.broken.test; a path is added to that.
	URL     string
	Objects Objects `yaml:"keystone"`
	Token   Token
	// After is the case whose login comes first; "" is none.
	After string
	// Differs is why the diagnosis does not say what the case wants; "" where it does.
	Differs string
	WebSSO  bool `yaml:"websso"` // the description has a dashboard, so the browser's way is walked too
	Want    Want
}

// Objects are what Keystone has for the case; the zero value is a sound
// identity provider, protocol and mapping.
type Objects struct {
	// Absent are those of identity_provider, protocol and mapping that do not exist.
	Absent    []string
	Disabled  bool
	RemoteIDs []string `yaml:"remote_ids"` // in place of the issuer; {issuer} stands for it
	Protocol  string   // "" is openid
	// Rules name the mapping: testdata/rules/RULES.json; "" is sound.
	Rules string
	// Attribute is the protocol's remote_id_attribute; "" leaves it to keystone.conf.
	Attribute string `yaml:"remote_id_attribute"`
}

// Token is how the issuer's token differs from a sound one.
type Token struct {
	Claims map[string]any // over the sound ones; null takes one away, a number is in seconds from now
	Header map[string]any // of the JWT, likewise
	Sign   string         // "" its own key; "other": a key that nobody publishes; "shared": HS256
	Opaque bool           // no JWT at all
	Pad    int            // bytes that a claim of no use is long
}

// Want is what the diagnosis has to say.
type Want struct {
	Step       string // "" is exchange
	Slug       string
	AnsweredBy string   `yaml:"answered_by"`
	Cause      []string // each stands in the cause
	Mend       []string // each stands in the mend
	Evidence   []string
}

// Cases reads testdata/cases, in order of files. A key that no Case has, and a
// name that is there twice, is a failure.
func Cases(t testing.TB) []Case {
	t.Helper()
	files, err := fs.Glob(testdata, "testdata/cases/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []Case
	seen := map[string]bool{}
	for _, file := range files {
		for _, c := range readCases(t, file) {
			if seen[c.Name] {
				t.Fatalf("%s: there are two cases %q: give one another name", file, c.Name)
			}
			seen[c.Name] = true
			all = append(all, c)
		}
	}
	return all
}

func readCases(t testing.TB, file string) []Case {
	t.Helper()
	text, err := testdata.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []Case
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return cases
}

// names gives the files of a folder of testdata, without their endings.
func names(t testing.TB, folder, ending string) []string {
	t.Helper()
	files, err := fs.Glob(testdata, "testdata/"+folder+"/*"+ending)
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(path.Base(file), ending)
	}
	return files
}

func read(t testing.TB, folder, file string) string {
	t.Helper()
	text, err := testdata.ReadFile(path.Join("testdata", folder, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
