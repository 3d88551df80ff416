package python_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

// TestPythonAgrees puts generated questions to the real programs. A failure is
// repeated by the seed.
func TestPythonAgrees(t *testing.T) {
	const seed, count = 7, 5000
	generators := map[string]func(*rand.Rand) question{
		"repr":    func(r *rand.Rand) question { return question{Op: "repr", Text: randomText(r)} },
		"literal": func(r *rand.Rand) question { return question{Op: "literal", Text: randomLiteral(r)} },
		"json":    func(r *rand.Rand) question { return question{Op: "json", Text: randomJSON(r)} },
		"format":  randomTemplate,
	}
	eachPython(t, func(t *testing.T, program string, ver python.Version) {
		for name, generate := range generators {
			t.Run(name, func(t *testing.T) {
				r := rand.New(rand.NewPCG(seed, uint64(len(name))))
				questions := make([]question, count)
				for i := range questions {
					questions[i] = generate(r)
				}
				open := compare(t, program, ver, questions)
				t.Logf("%d compared, of which %d are undecidable", count, open)
				if open > count/10 {
					t.Errorf("%d of %d are undecidable", open, count)
				}
			})
		}
	})
}

// TestEveryCharacter compares the tables: repr of every character there is.
func TestEveryCharacter(t *testing.T) {
	var questions []question
	for from := rune(0); from < 0x110000; from += 0x400 {
		text := ""
		for c := from; c < from+0x400; c++ {
			if c < 0xd800 || c >= 0xe000 {
				text += string(c)
			}
		}
		questions = append(questions, question{Op: "repr", Text: text})
	}
	eachPython(t, func(t *testing.T, program string, ver python.Version) {
		if open := compare(t, program, ver, questions); open > 0 {
			t.Error(fmt.Sprint(open, " are undecidable"))
		}
	})
}
