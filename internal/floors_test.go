package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/fedstone/fedstone/"

// floors gives every room its height. A room may import rooms below it only.
var floors = map[string]int{
	"internal/finding":  0,
	"internal/input":    0,
	"internal/secret":   0,
	"internal/pattern":  0,
	"internal/parallel": 0,
	"internal/kept":     1,
	"internal/platform": 1, "internal/python": 1,
	"internal/oslo":   1,
	"internal/curl":   1,
	"internal/clouds": 1, "internal/pysettings": 2,
	"internal/spec": 2, "internal/claims": 2, "internal/mapping/engine": 2, "internal/oidc": 2,
	"internal/login": 3, "internal/httpdconf": 3, "internal/mapping": 3, "internal/keystone": 3,
	"templates": 4, "validate": 4, "probe/symptom": 4, "internal/apply": 4,
	"internal/lab": 4, "internal/bench": 4, "internal/compat": 4,
	"validate/prove": 5, "probe": 5, "probe/browser": 6, "probe/broken": 6, "probe/report": 6, "probe/watch": 6, "cmd/fedstone": 7,
}

func TestImportsOnlyGoDown(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		room := roomOf(filepath.ToSlash(filepath.Dir(path)))
		if room == "" {
			t.Errorf("%s is in a room without a floor: add it to the table", path)
			return nil
		}
		seen[room] = true
		return checkImports(t, path, room)
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range floors {
		if !seen[room] {
			t.Errorf("room %s has a floor but no code", room)
		}
	}
}

// roomOf gives the room a folder belongs to: itself or the nearest room above.
func roomOf(dir string) string {
	for dir = strings.TrimPrefix(dir, "../"); dir != "." && dir != ""; dir = filepath.ToSlash(filepath.Dir(dir)) {
		if _, ok := floors[dir]; ok {
			return dir
		}
	}
	return ""
}

func checkImports(t *testing.T, path, room string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		target, ours := strings.CutPrefix(imported, module)
		if !ours {
			continue
		}
		below := roomOf(target)
		switch {
		case below == "":
			t.Errorf("%s imports %s, which has no floor: add it to the table", path, target)
		case below != room && floors[below] >= floors[room]:
			t.Errorf("%s: %s (floor %d) imports %s (floor %d): imports only go down", path, room, floors[room], below, floors[below])
		case below == "internal/lab" && room != below && room != "cmd/fedstone" && room != "validate/prove" && room != "probe/broken":
			t.Errorf("%s: internal/lab is for cmd, proofs and tests alone", path)
		}
	}
	return nil
}
