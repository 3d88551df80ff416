package templates

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
)

// Names of the journal, beside the manifest. It is written under the first
// before anything is staged, and renamed to the second when everything lies
// ready: that rename decides. See docs/adr/0010-journal.md.
const (
	begunName     = ".fedstone-begun"
	committedName = ".fedstone-journal"
)

// journal is the record of a run that changes files. Whoever finds one whose
// writer is gone knows which files are staged and where they belong.
type journal struct {
	Version int      `json:"version"`
	Run     string   `json:"run"`              // a part of the staged files' names
	Files   []string `json:"files"`            // relative to the tree; the manifest last
	Remove  []string `json:"remove,omitempty"` // the same, of files that are pruned
}

func newJournal(states []state, stale []string, prune bool) journal {
	j := journal{Version: 1, Run: newRun()}
	for _, s := range states {
		if !s.same() {
			j.Files = append(j.Files, below(s.file.Path))
		}
	}
	for _, target := range stale {
		if prune {
			j.Remove = append(j.Remove, below(target))
		}
	}
	return j
}

func newRun() string {
	random := make([]byte, 8)
	_, _ = rand.Read(random) // never fails
	return hex.EncodeToString(random)
}

func (j journal) empty() bool { return len(j.Files)+len(j.Remove) == 0 }

// temp is where the n-th file lies until it is renamed: beside its target, under
// a name that neither httpd's includes nor mod_auth_openidc looks for.
func (j journal) temp(n int) string {
	return path.Join(path.Dir(j.Files[n]), ".fedstone-"+j.Run+"-"+strconv.Itoa(n))
}

// folders are those whose names the run changes, each once.
func (j journal) folders() []string {
	var out []string
	seen := map[string]bool{}
	for _, list := range [][]string{j.Files, j.Remove} {
		for _, p := range list {
			if dir := path.Dir(p); !seen[dir] {
				seen[dir], out = true, append(out, dir)
			}
		}
	}
	return out
}

// journals gives the paths of a journal, begun and committed, of a tree whose
// manifest is there.
func journals(manifest string) (begun, committed string) {
	folder := path.Dir(below(manifest))
	return path.Join(folder, begunName), path.Join(folder, committedName)
}

// readJournal gives nil where there is none.
func readJournal(d disk, p string) (*journal, error) {
	text, err := d.ReadFile(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var j journal
	if json.Unmarshal(text, &j) != nil || j.Version != 1 || len(j.Run) != 16 || path.Base(j.Run) != j.Run {
		return nil, fmt.Errorf("/%s %w; move it away", p, errNoJournal)
	}
	return &j, nil // paths that lead out of the tree are refused by the disk
}

var errNoJournal = errors.New("is not a journal of version 1")
