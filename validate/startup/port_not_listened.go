package startup

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func portNotListened() rule.Rule {
	return rule.Rule{
		Slug:     "port-not-listened",
		Severity: finding.Error,
		Title:    "a virtual host on a port that nothing listens on",
		Why: "httpd listens where Listen says, not where virtual hosts are. Nothing answers at the port, or another " +
			"program does.",
		Mend:   "Add a Listen for the port, or mend the port of the virtual host.",
		Source: "server/listen.c; server/vhost.c",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				if ports := listened(t); len(ports) > 0 && !t.Part {
					unheard(p, t, ports)
				}
			}
		},
	}
}

// unheard reports virtual hosts of other ports.
func unheard(p *rule.Pass, t *subject.Tree, ports map[uint16]bool) {
	for _, v := range t.Vhosts {
		for _, a := range v.Server.Addrs {
			if a.Port != 0 && !ports[a.Port] {
				p.On(v.Server.Command, finding.Finding{
					Message: fmt.Sprintf("%s is for port %d, but httpd does not listen there", v.Name(), a.Port),
					Hint:    fmt.Sprintf("Listen %d", a.Port),
				}, v)
			}
		}
	}
}

// listened gives the ports of all Listen.
func listened(t *subject.Tree) map[uint16]bool {
	out := map[uint16]bool{}
	for _, c := range t.Config.Listen {
		at := subject.Arg(c, 0)
		if n, err := strconv.ParseUint(at[strings.LastIndexByte(at, ':')+1:], 10, 16); err == nil {
			out[uint16(n)] = true
		}
	}
	return out
}
