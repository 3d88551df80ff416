package httpdconf_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// TestLoadIsFrugal: a tree takes no more than five times the memory of its text,
// garbage included: 21 MB of 100 000 Locations take less than 110 MB.
func TestLoadIsFrugal(t *testing.T) {
	for _, providers := range []int{2000, 10000} {
		text := federation(providers)
		path := filepath.Join(t.TempDir(), "main.conf")
		write(t, path, text)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, _, err := httpdconf.Load(path, httpdconf.Options{}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 5*uint64(len(text)) {
			t.Errorf("%d bytes of text took %d bytes", len(text), took)
		}
	}
}
