package platform

import "testing"

// TestListsProviders names the versions that were asked. TestProviderListIsEmpty
// of templates holds the installed one.
func TestListsProviders(t *testing.T) {
	for version, want := range map[string]bool{"2.4.9.4": true, "2.4.10": true, "2.4.12.3": false, "2.4.15.1": false, "2.4.17": true, "2.4.20.3": true} {
		if got := ListsProviders(version); got != want {
			t.Errorf("%s: got %v, want %v", version, got, want)
		}
	}
}
