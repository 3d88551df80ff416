package broken

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe/symptom"
)

// Recording is what really came when a case was probed: what each diagnosis was
// made from, and the answer to every second question that one may ask.
type Recording struct {
	Facts   []facts           `json:"facts"` // in the order of the steps
	Answers map[string]answer `json:"answers"`
}

// facts are symptom.Facts with an answer that people can read.
type facts struct {
	symptom.Facts
	Answer answer
}

// answer is keystone.Answer as it is kept. Who made it is told anew at each replay.
type answer struct {
	Status  int         `json:"status"`
	Header  http.Header `json:"header,omitempty"`
	Body    string      `json:"body,omitempty"`
	Seconds int         `json:"seconds,omitempty"` // that it took, rounded down
	Failed  string      `json:"failed,omitempty"`  // why none came
}

func keep(a keystone.Answer, err error) answer {
	if err != nil {
		return answer{Failed: "no answer"}
	}
	return answer{Status: a.Status, Header: telling(a.Header), Body: string(a.Body), Seconds: int(a.Took / time.Second)}
}

// real gives the answer as it came, as far as it was kept.
func (a answer) real() (keystone.Answer, error) {
	if a.Failed != "" {
		return keystone.Answer{AnsweredBy: keystone.ByNobody}, errors.New(a.Failed)
	}
	out := keystone.Answer{Status: a.Status, Header: a.Header, Body: []byte(a.Body), Took: time.Duration(a.Seconds) * time.Second}
	out.AnsweredBy = keystone.Classify(out)
	return out, nil
}

// Explained gives the facts of a step for symptom.Explain.
func (f facts) explained() symptom.Facts {
	out := f.Facts
	out.Answer, _ = f.Answer.real()
	return out
}

// telling keeps the headers by which a layer is known.
func telling(all http.Header) http.Header {
	kept := http.Header{}
	for _, name := range []string{"Allow", "Content-Type", "Location", "Retry-After", "Server", "Set-Cookie", "Vary", "Www-Authenticate", "X-Openstack-Request-Id", "X-Subject-Token"} {
		if values := all.Values(name); len(values) > 0 {
			kept[name] = values
		}
	}
	return kept
}

func recorded(t testing.TB, name, ending string) string {
	t.Helper()
	return filepath.Join(labtest.Repository(t), "probe", "testdata", "recorded", name+ending)
}

// Load reads the recording of a case. That there is none is a failure which says
// how to make one.
func Load(t testing.TB, name string) Recording {
	t.Helper()
	text, err := os.ReadFile(recorded(t, name, ".json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("there is no recording of %s: %s", name, howToRecord)
	}
	var r Recording
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

const howToRecord = "in a lab, run `go test ./probe/broken -run Record -record -update`"

// Save writes the recording, with everything in it stilled.
func (r Recording) save(t testing.TB, name string, s stiller) {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(recorded(t, name, ".json"), s.still(text.Bytes()), 0o644); err != nil {
		t.Fatal(err)
	}
}
