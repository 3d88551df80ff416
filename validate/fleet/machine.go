package fleet

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// machine is one of those compared. Its virtual hosts that use mod_auth_openidc are
// named so that the same ones have the same name on all machines.
type machine struct {
	*subject.Site
	hosts map[string]*subject.Vhost
	order []string
}

// machines gives those whose httpd serves Keystone or logs in; fewer than two are none.
func machines(p *rule.FleetPass) []*machine {
	var out []*machine
	for _, s := range p.Sites {
		m := &machine{Site: s, hosts: map[string]*subject.Vhost{}}
		for _, v := range s.Vhosts() {
			if v.RelyingParty() || v.ResourceServer() || v.ServesKeystone() {
				m.add(v)
			}
		}
		if len(m.order) > 0 {
			out = append(out, m)
		}
	}
	if len(out) < 2 {
		return nil
	}
	number(out)
	return out
}

// add names a virtual host by its port and ServerName.
func (m *machine) add(v *subject.Vhost) {
	name := fmt.Sprintf("%d %s", v.Port(), v.Server.Name)
	if v.Main == nil {
		name = "main"
	}
	if m.hosts[name] == nil {
		m.hosts[name] = v
		m.order = append(m.order, name)
	}
}

// number gives those that have a name which no other machine knows, as where
// ServerName is the controller's own, their port and place in the order instead.
func number(all []*machine) {
	known := map[string]int{}
	for _, m := range all {
		for _, name := range m.order {
			known[name]++
		}
	}
	for _, m := range all {
		nth := map[uint16]int{}
		for i, name := range m.order {
			if known[name] > 1 {
				continue
			}
			v := m.hosts[name]
			nth[v.Port()]++
			delete(m.hosts, name)
			m.order[i] = fmt.Sprintf("%d #%d", v.Port(), nth[v.Port()])
			m.hosts[m.order[i]] = v
		}
	}
}

// same is one virtual host on all machines that have it.
type same struct {
	machines []*machine
	hosts    []*subject.Vhost // of each machine
}

// alike gives the virtual hosts that two machines or more have.
func alike(all []*machine) []same {
	return slices.DeleteFunc(everyHost(all), func(s same) bool { return len(s.hosts) < 2 })
}

// everyHost gives the virtual hosts that any machine has.
func everyHost(all []*machine) []same {
	var out []same
	seen := map[string]bool{}
	for _, m := range all {
		for _, name := range m.order {
			if !seen[name] {
				seen[name] = true
				out = append(out, named(all, name))
			}
		}
	}
	return out
}

// named gives one virtual host on all machines that have it.
func named(all []*machine, name string) same {
	var s same
	for _, m := range all {
		if v := m.hosts[name]; v != nil {
			s.machines, s.hosts = append(s.machines, m), append(s.hosts, v)
		}
	}
	return s
}

// first gives the first argument of a directive as most machines have it.
func (s same) first(key string, v vote) string {
	for i, m := range s.machines {
		if m.Name == v.most[0].machine {
			return s.hosts[i].Value(key)
		}
	}
	return ""
}
