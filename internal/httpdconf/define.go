package httpdconf

import "strings"

// defines are what Define and -D have set: names, compared as they are, and
// values, whose names httpd compares without case.
type defines struct {
	names  map[string]int // how often -D and Define name it
	values map[string]string
	env    map[string]string
}

func newDefines(names []string, env map[string]string) *defines {
	d := &defines{names: map[string]int{}, values: map[string]string{}, env: env}
	for _, n := range names {
		d.names[n]++
	}
	return d
}

func (d *defines) define(name, value string) {
	if d.names[name] == 0 {
		d.names[name] = 1
	}
	if value != "" {
		d.values[fold(name)] = value
	}
}

func (d *defines) undefine(name string) {
	if d.names[name]--; d.names[name] <= 0 {
		delete(d.names, name)
	}
	delete(d.values, fold(name))
}

func (d *defines) value(name string) (string, bool) {
	if v, ok := d.values[fold(name)]; ok {
		return v, true
	}
	v, ok := d.env[name]
	return v, ok
}

// maxResolved is how long a line may become by the values of its variables, in bytes:
// values made of values grow without end.
const maxResolved = 16 << 20

// resolve replaces ${NAME} in a line (ap_resolve_env). What is not defined stays;
// missing is told each name. A name with a colon stays silently: it is mod_rewrite's.
// It is false where the line becomes too long.
func (d *defines) resolve(line string, missing func(name string)) (string, bool) {
	if !strings.Contains(line, "${") {
		return line, true
	}
	var out strings.Builder
	for {
		i := strings.Index(line, "${")
		end := -1
		if i >= 0 {
			end = strings.IndexByte(line[i:], '}')
		}
		if end < 0 {
			out.WriteString(line)
			return out.String(), true
		}
		name := line[i+2 : i+end]
		value, ok := d.value(name)
		if !ok {
			value = line[i : i+end+1]
			if !strings.Contains(name, ":") {
				missing(name)
			}
		}
		if out.Len()+i+len(value) > maxResolved {
			return "", false
		}
		out.WriteString(line[:i])
		out.WriteString(value)
		line = line[i+end+1:]
	}
}
