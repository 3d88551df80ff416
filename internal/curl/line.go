package curl

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// Line writes a request as a person pastes it into a POSIX shell. A body that is
// not nil is sent as JSON. Without an Accept header one for JSON is asked, as
// Keystone's clients do.
func Line(method, url string, header http.Header, body any) string {
	words := []string{"curl", "-si"}
	if method != http.MethodGet {
		words = append(words, "-X", method)
	}
	if header.Get("Accept") == "" {
		words = append(words, "-H", quoted("Accept: application/json"))
	}
	for _, name := range sorted(header) {
		for _, value := range header[name] {
			words = append(words, "-H", quoted(name+": "+value))
		}
	}
	if text, err := json.Marshal(body); body != nil && err == nil {
		words = append(words, "-H", quoted("Content-Type: application/json"), "-d", quoted(string(text)))
	}
	return strings.Join(append(words, quoted(url)), " ")
}

func sorted(header http.Header) []string {
	var names []string
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// quoted is one word for a shell, whatever it holds.
func quoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
