package engine_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// question is a login whose mapping has been evaluated, and a cloud, for
// testdata/next.py.
type question struct {
	Mapped     *engine.Mapped    `json:"mapped"`
	Schema     string            `json:"schema"`
	DomainID   string            `json:"domain_id"`
	RemoteUser string            `json:"remote_user"`
	Everything bool              `json:"everything"` // whatever is asked for is there
	Domains    map[string]string `json:"domains"`
	Groups     []string          `json:"groups"` // ids
	Roles      map[string]any    `json:"roles"`  // the domain of each, or nil
	Taken      bool              `json:"taken"`  // the user's id is another one's
}

// stored is what Keystone made of a question.
type stored struct {
	Status   int                 `json:"status"`
	Class    string              `json:"class"`
	ID       string              `json:"id"`
	Name     string              `json:"name"`
	UniqueID string              `json:"unique_id"`
	Domain   string              `json:"domain"`
	Email    string              `json:"email"`
	Groups   []string            `json:"groups"`
	Projects map[string][]string `json:"projects"`
	Swept    bool                `json:"swept"`   // former memberships were ended
	Revoked  []string            `json:"revoked"` // the projects on which roles were taken away
}

// TestKeystoneDoesAsForetold has the login code of every installed release act on
// results of mappings: generated ones in a cloud that has whatever is asked for,
// and some in a cloud that lacks it.
func TestKeystoneDoesAsForetold(t *testing.T) {
	for _, release := range lab.KeystoneReleases() {
		t.Run(release, func(t *testing.T) {
			t.Parallel()
			lacks := lackingCases(t)
			questions := make([]question, len(lacks))
			for i := range lacks {
				questions[i] = lacks[i].question
			}
			random := rand.New(rand.NewPCG(7, 7))
			for range 1000 {
				questions = append(questions, anyQuestion(random, release))
			}
			answers := askKeystone(t, release, questions)
			for i, c := range lacks {
				c.expect(t, release, answers[i].Status)
			}
			expectForetold(t, release, questions[len(lacks):], answers[len(lacks):])
		})
	}
}

// expectForetold holds Next against what Keystone did.
func expectForetold(t *testing.T, release string, questions []question, answers []stored) {
	t.Helper()
	refused := 0
	for i, got := range answers {
		if diff := cmp.Diff(foretold(t, release, questions[i]), got); diff != "" {
			text, _ := json.Marshal(questions[i])
			t.Errorf("login %d (-foretold +Keystone):\n%s\n%s", i, diff, text)
		}
		if got.Status != 201 {
			refused++
		}
	}
	if refused < len(answers)/10 || refused > len(answers)*9/10 {
		t.Errorf("%d of %d logins were refused: the generator is lopsided", refused, len(answers))
	}
}

// askKeystone gives what a release makes of each question.
func askKeystone(t *testing.T, release string, questions []question) []stored {
	t.Helper()
	folder, err := lab.KeystoneModules(release)
	if err != nil {
		labtest.Require(t, "Keystone "+release+": "+err.Error())
	}
	var in, said bytes.Buffer
	for _, q := range questions {
		if err := json.NewEncoder(&in).Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "/usr/bin/python3", "-s", "testdata/next.py", folder)
	cmd.Stdin, cmd.Stderr = &in, &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	var answers []stored
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var a stored
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions\n%s", len(answers), len(questions), said.String())
	}
	return answers
}

// next is what Next says of a question.
func next(t *testing.T, release string, q question) engine.Next {
	t.Helper()
	facts := engine.Facts{DomainID: q.DomainID, RemoteUser: q.RemoteUser, RemoteUserKnown: true}
	return nextProcessor(t, release, q.Schema).Next(q.Mapped, facts)
}

// nextProcessor is a processor whose rules do not count.
func nextProcessor(t *testing.T, release, schema string) *engine.Processor {
	t.Helper()
	return applying(t, `{"local": [{}], "remote": [{"type": "x"}]}`, engine.Options{Release: release, Schema: schema})
}

// foretold is what Next says, resolved as the cloud of next.py does it.
func foretold(t *testing.T, release string, q question) stored {
	n := next(t, release, q)
	if n.Error != nil {
		return stored{Status: n.Error.Status, Class: n.Error.Class}
	}
	if n.User.Type == "local" {
		return stored{Status: 201, ID: localID(n.User), Groups: []string{}, Projects: map[string][]string{}, Revoked: []string{}}
	}
	domain := idOf(n.User.Domain)
	if n.User.ID == "" { // its domain is known by name only
		n.User.ID = engine.PublicID(domain, n.User.UniqueID)
	}
	s := stored{Status: 201, ID: n.User.ID, Name: n.User.Name, UniqueID: n.User.UniqueID, Domain: domain, Email: n.User.Email, Groups: []string{}, Projects: map[string][]string{}, Revoked: []string{}}
	s.Swept = says(n, "ends the user's memberships")
	if says(n, "takes away every other role") {
		s.Revoked = append(s.Revoked, "by hand")
	}
	for _, g := range n.Groups {
		s.Groups = append(s.Groups, groupID(g))
	}
	slices.Sort(s.Groups)
	for _, p := range n.Projects {
		id := pair(p.Name, idOf(p.Domain))
		s.Projects[id] = append(s.Projects[id], p.Roles...)
		if s.Projects[id] == nil {
			s.Projects[id] = []string{}
		}
	}
	return s
}

// says reports whether a step does that.
func says(n engine.Next, words string) bool {
	return slices.ContainsFunc(n.Steps, func(s engine.Step) bool { return strings.Contains(s.Does, words) })
}

func idOf(d engine.DomainRef) string {
	if d.ID != "" || d.Name == "" {
		return d.ID
	}
	return "id of " + d.Name
}

func groupID(g engine.SoughtGroup) string {
	if g.Domain == nil {
		return g.ID
	}
	return pair(g.Name, idOf(*g.Domain))
}

func localID(u engine.StoredUser) string {
	if u.Name == "" {
		return u.ID
	}
	return pair(u.Name, idOf(u.Domain))
}

// pair is json.dumps([a, b], ensure_ascii=False).
func pair(a, b string) string {
	text, _ := json.Marshal([]string{a, b})
	return strings.Replace(string(text), `","`, `", "`, 1)
}
