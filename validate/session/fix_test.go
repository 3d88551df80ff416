package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWritten: a fix is offered where the words stand in the file as they are read, and nowhere else.
func TestWritten(t *testing.T) {
	for name, c := range map[string]struct {
		line     string
		n, count int
		want     string // the text of the edit, with the bytes it replaces
	}{
		"one word":        {"OIDCPreservePost On", 0, 1, "On"},
		"with quotes":     {`OIDCPreservePost "On"`, 0, 1, `"On"`},
		"all words":       {"SSLProtocol all -SSLv3", 0, 2, "all -SSLv3"},
		"the second":      {"LogLevel info auth_openidc:debug", 1, 1, "auth_openidc:debug"},
		"more than there": {"LogLevel info", 0, 2, ""},
		"none":            {"LogLevel", 0, 0, ""},
		"of a variable":   {"Define FLAG On\nOIDCPreservePost ${FLAG}", 0, 1, ""},
		"of a macro":      {"<Macro m $flag>\nOIDCPreservePost $flag\n</Macro>\nUse m On", 0, 1, ""},
		"over two lines":  {"LogLevel info \\\nauth_openidc:debug", 0, 2, "info \\\nauth_openidc:debug"},
	} {
		t.Run(name, func(t *testing.T) {
			command, text := lastCommand(t, c.line)
			got := ""
			if fix := written(command, c.n, c.count, "X"); fix != nil {
				at := fix.Edits[0].At
				got = text[at.Start.Byte:at.End.Byte]
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
