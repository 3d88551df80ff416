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
	"internal/finding":  1,
	"internal/junit":    0,
	"internal/input":    0,
	"internal/secret":   0,
	"internal/pattern":  0,
	"internal/parallel": 0,
	"internal/private":  0,
	"internal/kept":     1,
	"internal/platform": 2, "internal/python": 2, "internal/saml": 2, "internal/cabundle": 2,
	"internal/oslo":   2,
	"internal/curl":   2,
	"internal/clouds": 2, "internal/pysettings": 3,
	"internal/spec": 3, "internal/claims": 3, "internal/mapping/engine": 3, "internal/oidc": 3,
	"internal/login": 4, "internal/httpdconf": 4, "internal/mapping": 4, "internal/keystone": 4,
	"templates": 5, "validate": 5, "probe/symptom": 5, "internal/apply": 5, "internal/iam": 6, "internal/register": 6, "internal/register/adapter": 7, "internal/adapter": 8,
	"internal/lab": 5, "internal/ecp": 5, "internal/bench": 5, "internal/compat": 5,
	"validate/prove": 6, "probe": 6, "probe/browser": 7, "probe/broken": 7, "probe/report": 7, "probe/watch": 7, "cmd/fedstone": 9,
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
