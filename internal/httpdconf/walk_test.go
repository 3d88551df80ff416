package httpdconf_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

func TestWalkSkipsChildren(t *testing.T) {
	file, _ := httpdconf.Parse("case.conf", []byte("<A>\n<B>\nx\n</B>\n</A>\ny\n"))
	var names []string
	httpdconf.Walk(file.Nodes, func(parents []*httpdconf.Node, n *httpdconf.Node) bool {
		names = append(names, strings.Repeat("-", len(parents))+n.Name)
		return n.Name != "B"
	})
	if diff := cmp.Diff([]string{"A", "-B", "y"}, names); diff != "" {
		t.Error(diff)
	}
}
