package templates

import (
	"bytes"
	"fmt"
	"text/template"
)

// run is one repetition in a file, such as the lines of one identity provider.
// Runs of one shape share their sheet.
type run struct {
	shape string
	slots *slots
}

// small fills a template that is one whole file; runs are what stands in the
// place of `each`.
func small(name, text string, s *slots, quote quoter, runs map[string][]run) ([]byte, error) {
	t, err := template.New(name).Funcs(template.FuncMap{"arg": unbound, "each": each}).Parse(text)
	if err != nil {
		return nil, err
	}
	main, err := compile(t, name, s.data(), nil)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	made := map[string]*sheet{}
	err = main.fill(&b, s.values, quote, func(b *bytes.Buffer, what string) error {
		return fillRuns(b, t, what, runs[what], quote, made)
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b.Bytes(), nil
}

func fillRuns(b *bytes.Buffer, t *template.Template, name string, runs []run, quote quoter, made map[string]*sheet) error {
	for _, r := range runs {
		key := name + " " + r.shape
		if made[key] == nil {
			sh, err := compile(t, name, r.slots.data(), nil)
			if err != nil {
				return err
			}
			made[key] = sh
		}
		if err := made[key].fill(b, r.slots.values, quote, nil); err != nil {
			return err
		}
	}
	return nil
}
