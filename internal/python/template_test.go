package python_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/python"
)

func TestTemplateTells(t *testing.T) {
	type told struct {
		Only         int // -1: not
		Placeholders []int
		Literal      string
		Constant     bool
	}
	cases := map[string]told{
		"":                 {-1, nil, "", true},
		"plain":            {-1, nil, "plain", true},
		"a{{b}}c":          {-1, nil, "a{b}c", true},
		"{0}":              {0, []int{0}, "", false},
		"{7}":              {7, []int{7}, "", false},
		"{}":               {0, []int{0}, "", false},
		"{٣}":              {3, []int{3}, "", false},
		"{0} ":             {-1, []int{0}, "", false},
		"{0!s}":            {-1, []int{0}, "", false},
		"{0:}":             {0, []int{0}, "", false},
		"{2}{0}{2}":        {-1, []int{0, 2}, "", false},
		"{}{}{}":           {-1, []int{0, 1, 2}, "", false},
		"{0:{3}}":          {-1, []int{0, 3}, "", false},
		"{1[0].x}":         {-1, []int{1}, "", false},
		"{name}":           {-1, nil, "", false},
		"{0} {":            {-1, []int{0}, "", false},
		"} {0}":            {-1, nil, "", false},
		"{0} {}":           {-1, []int{0}, "", false},
		"brace } at {0} a": {-1, nil, "", false},
	}
	for text, want := range cases {
		t.Run(text, func(t *testing.T) {
			template := python.ParseTemplate(text)
			got := told{Only: -1, Placeholders: template.Placeholders()}
			if index, ok := template.Only(); ok {
				got.Only = index
			}
			got.Literal, got.Constant = template.Literal()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	args := []python.Arg{{Values: []string{"alice"}}, {Values: []string{"a", "o'brien"}}}
	template := python.ParseTemplate("user {0}, {0} in {1}")
	dst := make([]byte, 0, 256)
	allocations := testing.AllocsPerRun(100, func() {
		if _, err := template.Append(dst, args, python311); err != nil {
			t.Fatal(err)
		}
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
}
