package compare

import (
	"encoding/json"
	"io"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

type differenceJSON struct {
	Kind        Kind              `json:"kind"`
	Environment map[string]string `json:"environment"`
	A           outcomeJSON       `json:"a"`
	B           outcomeJSON       `json:"b"`
}

type outcomeJSON struct {
	Mapped *engine.Mapped `json:"mapped"`
	Error  *errorJSON     `json:"error"`
	Rules  []int          `json:"rules"`
}

type errorJSON struct {
	Class   string `json:"class"`
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// WriteJSON writes the result as one JSON object.
func (r Result) WriteJSON(w io.Writer) error {
	differences := []differenceJSON{}
	for _, d := range r.Differences {
		differences = append(differences, differenceJSON{d.Kind, d.Environment, outcomeOf(d.A, d.RulesA), outcomeOf(d.B, d.RulesB)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{
		"version": 1, "differences": differences, "searched": r.Searched, "undecided": append([]string{}, r.Doubts...),
	})
}

func outcomeOf(o engine.Outcome, rules []int) outcomeJSON {
	out := outcomeJSON{Mapped: o.Mapped, Rules: append([]int{}, rules...)}
	if o.Error != nil {
		out.Error = &errorJSON{o.Error.Class, o.Error.Status, o.Error.Message}
	}
	return out
}
