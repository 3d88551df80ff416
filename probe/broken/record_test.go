package broken

import (
	"flag"
	"testing"
)

var record = flag.Bool("record", false, "write down anew what every case answers; needs a lab")

// TestRecord makes the recordings; -run Record/NAME makes one.
func TestRecord(t *testing.T) {
	if !*record {
		t.Skip("asked for by -record")
	}
	h := Open(t, Cases(t))
	for _, c := range h.cases {
		if c.Want.Slug != "" {
			t.Run(c.Name, func(t *testing.T) { h.Record(t, c) })
		}
	}
}
