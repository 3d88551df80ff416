package claims_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// keystoneReads is Keystone's own reading of its `key: value` file.
const keystoneReads = `
import json, sys, types
from keystone.cmd import cli
cli.CONF = types.SimpleNamespace(command=types.SimpleNamespace(prefix=None))

def read(text):
    tester = cli.MappingEngineTester()
    tester.assertion = text.strip()
    tester.normalize_assertion()
    return list(tester.assertion.items())

def answer(text):
    try:
        return read(text)
    except SystemExit:
        return None
print(json.dumps([answer(t) for t in json.load(sys.stdin)]))
`

// keystoneTakes is what Keystone takes out of a WSGI environment.
const keystoneTakes = `
import json, sys
import flask
import keystone.conf
from keystone.federation import utils
keystone.conf.configure()
keystone.conf.CONF([], project='keystone', default_config_files=[])
app = flask.Flask('keystone')

def take(question):
    keystone.conf.CONF.set_override('assertion_prefix', question['prefix'], 'federation')
    with app.test_request_context(environ_overrides=question['environ']):
        return {k: v for k, v in utils.get_assertion_params_from_env() if k in question['environ']}
print(json.dumps([take(q) for q in json.load(sys.stdin)]))
`

// askKeystone runs a program on Debian's Keystone (22.0.2).
func askKeystone(t *testing.T, program string, question, answer any) {
	t.Helper()
	if exec.Command("/usr/bin/python3", "-c", "import keystone.cmd.cli").Run() != nil {
		labtest.Require(t, "no Keystone here: apt-get install --no-install-recommends python3-keystone")
	}
	in, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/usr/bin/python3", "-W", "ignore", "-c", program)
	cmd.Stdin = bytes.NewReader(in)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &said)
	}
	if err := json.Unmarshal(out, answer); err != nil {
		t.Fatal(err)
	}
}

// TestKeystoneReadsLinesAlike puts odd files to Keystone's own reader. Blanks of
// Python and of Unicode, line ends of all kinds, colons, names that come again.
func TestKeystoneReadsLinesAlike(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split("a|b|:|: | :|;| |\t|\n|\n\n|\r|\r\n|\v|\f|\x1c|\x1d|\x1e|\x1f|\u0085|\u2028|\u2029|\u00a0|\u3000|\u200b|\u180e|ä|{|#|a:1\n|b: 2\n", "|")
	var files []string
	for range 4000 {
		text := "x:y\n"
		for range random.IntN(12) {
			text += pieces[random.IntN(len(pieces))]
		}
		files = append(files, text)
	}
	var theirs [][][2]string
	askKeystone(t, keystoneReads, files, &theirs)
	for i, file := range files {
		if diff := cmp.Diff(theirs[i], ourReading(file)); diff != "" {
			t.Errorf("%q (-Keystone +ours):\n%s", file, diff)
		}
	}
}

func ourReading(file string) [][2]string {
	c, _ := claims.Read("in", []byte(file))
	if c == nil {
		return nil
	}
	var out [][2]string
	for _, claim := range c.Object {
		out = append(out, [2]string{claim.Name, claim.Value.(string)})
	}
	return out
}

// TestKeystoneTakesAlike compares the assertion of a release before the change of
// encodings with Keystone's own.
func TestKeystoneTakesAlike(t *testing.T) {
	type question struct {
		Prefix  string            `json:"prefix"`
		Environ map[string]string `json:"environ"`
	}
	environ := map[string]string{"OIDC-name": "MÃ¼ller", "OIDC-x": "Müller", "HTTP_OIDC_X": "€", "oidc-x": "lower", "XOIDC-": "", "REMOTE_USER": "u"}
	var questions []question
	for _, prefix := range []string{"", "OIDC-", "HTTP_", "O", "nothing"} {
		questions = append(questions, question{prefix, environ})
	}
	var theirs []map[string]string
	askKeystone(t, keystoneTakes, questions, &theirs)
	src, err := json.Marshal(environ)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := claims.Read("in", src)
	for i, q := range questions {
		if diff := cmp.Diff(theirs[i], claims.Assertion(claims.Plain(c), "zed", q.Prefix)); diff != "" {
			t.Errorf("prefix %q (-Keystone +ours):\n%s", q.Prefix, diff)
		}
	}
}
