package mapping

import (
	"strconv"
	"strings"
)

// gather adds what a rule that holds gives. The first non-empty user wins, and
// the last projects.
func (m *Mapped) gather(local []Local, direct [][]string) error {
	for _, l := range local {
		if err := m.gatherOne(l, direct); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mapped) gatherOne(l Local, direct [][]string) error {
	if l.GroupIDs != nil || l.ProjectsJSON != nil {
		return Undecidable{"group_ids and projects_json are not evaluated here"}
	}
	for _, add := range []func(Local, [][]string) error{m.addUser, m.addGroup, m.addGroups, m.addProjects} {
		if err := add(l, direct); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mapped) addUser(l Local, direct [][]string) (err error) {
	if l.User == nil || *l.User == (User{}) || m.User != (User{}) {
		return nil
	}
	if l.User.Type == "local" {
		return Undecidable{"a local user is looked up in Keystone"}
	}
	u := *l.User
	for _, text := range []*string{&u.ID, &u.Name, &u.Email} {
		if *text, err = format(*text, direct); err != nil {
			return err
		}
	}
	m.User = u
	return nil
}

func (m *Mapped) addGroup(l Local, direct [][]string) error {
	if l.Group == nil {
		return nil
	}
	name, err := format(l.Group.Name, direct)
	if err != nil {
		return err
	}
	domain, err := l.Group.Domain.format(direct)
	m.Groups = append(m.Groups, Group{ID: l.Group.ID, Name: name, Domain: domain})
	return err
}

func (d *Domain) format(direct [][]string) (*Domain, error) {
	if d == nil {
		return nil, nil
	}
	name, err := format(d.Name, direct)
	return &Domain{ID: d.ID, Name: name}, err
}

// addGroups turns a claim that lists group names into groups. Keystone looks for
// the letters "name" in the whole list and then reads it as something else.
func (m *Mapped) addGroups(l Local, direct [][]string) error {
	if l.Groups == nil {
		return nil
	}
	names, err := list(*l.Groups, direct)
	if err != nil {
		return err
	}
	if all := strings.Join(names, "\x00"); strings.Contains(all, "name") {
		if strings.Contains(all, "domain") || strings.Contains(all, "JSON:") {
			return Undecidable{`a group's name contains "name", and another "domain" or "JSON:"`}
		}
		return Refused{`a group's name contains the letters "name"`}
	}
	if l.Domain == nil {
		return Refused{"groups without a domain"}
	}
	domain, err := l.Domain.format(direct)
	for _, name := range names {
		m.Groups = append(m.Groups, Group{Name: name, Domain: domain})
	}
	return err
}

func (m *Mapped) addProjects(l Local, direct [][]string) (err error) {
	if l.Projects == nil {
		return nil
	}
	m.Projects = nil
	for _, p := range l.Projects {
		out := Project{Domain: p.Domain}
		if out.Name, err = format(p.Name, direct); err != nil {
			return err
		}
		for _, r := range p.Roles {
			name, err := format(r.Name, direct)
			if err != nil {
				return err
			}
			out.Roles = append(out.Roles, Role{name})
		}
		m.Projects = append(m.Projects, out)
	}
	return nil
}

// list gives the values of a placeholder that stands alone: Keystone writes them
// as a Python list and reads that list back. One value that looks like a Python
// literal would be read as one.
func list(text string, direct [][]string) ([]string, error) {
	inner, isOpen := strings.CutPrefix(text, "{")
	number, isClosed := strings.CutSuffix(inner, "}")
	n, err := strconv.Atoi(number)
	if !isOpen || !isClosed || err != nil {
		one, err := format(text, direct)
		return []string{one}, err
	}
	if n < 0 || n >= len(direct) {
		return nil, Undecidable{"placeholder {" + number + "} stands for nothing"}
	}
	if len(direct[n]) == 1 && strings.HasPrefix(strings.TrimSpace(direct[n][0]), "[") {
		return nil, Undecidable{"a group's name begins with a bracket, as a Python list does"}
	}
	return direct[n], nil
}

// format is Python's str.format for what compiled rules hold: plain numbers in
// braces, and doubled braces.
func format(text string, direct [][]string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			b.WriteByte(text[i])
			i++
		case text[i] == '{':
			end := strings.IndexByte(rest, '}')
			value, err := placeholder(rest[1:max(end, 1)], direct)
			if err != nil {
				return "", err
			}
			b.WriteString(value)
			i += end
		case text[i] == '}':
			return "", Undecidable{"a single } in a rule"}
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String(), nil
}

func placeholder(number string, direct [][]string) (string, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(direct) {
		return "", Undecidable{"placeholder {" + number + "} stands for nothing"}
	}
	if len(direct[n]) != 1 {
		return "", Undecidable{"a claim of several values stands in a text: Keystone writes it as a Python list"}
	}
	return direct[n][0], nil
}
