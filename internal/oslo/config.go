package oslo

import "strings"

// Config is what a service is given by its files.
type Config struct {
	files    []*File
	sections []string
	values   map[string]map[string][]Value // by folded section, then key
}

// New puts files together in their order of reading, of which the last counts:
// keystone.conf, then keystone.conf.d/*.conf sorted by path (ConfigOpts of
// oslo_config/cfg.py). Without files it is empty.
func New(files ...*File) *Config {
	c := &Config{files: files, values: map[string]map[string][]Value{}}
	seen := map[string]bool{}
	for _, f := range files {
		for _, s := range f.Sections {
			c.add(s)
			if !seen[s.Name] {
				c.sections = append(c.sections, s.Name)
			}
			seen[s.Name] = true
		}
	}
	return c
}

func (c *Config) add(s Section) {
	folded := fold(s.Name)
	if c.values[folded] == nil {
		c.values[folded] = map[string][]Value{}
	}
	for _, v := range s.Values {
		c.values[folded][v.Key] = append(c.values[folded][v.Key], v)
	}
}

// Files gives the files in their order of reading.
func (c *Config) Files() []*File { return c.files }

// Sections gives the names of the sections as written, without repetition, in
// order of appearance. Names that differ in case are different here.
func (c *Config) Sections() []string { return c.sections }

// All gives every assignment of a key, in order of reading: what an option with
// many values (MultiStrOpt) is given.
func (c *Config) All(section, key string) []Value { return c.values[fold(section)][key] }

// Get gives the assignment that counts for an option with one value.
func (c *Config) Get(section, key string) (Value, bool) {
	all := c.All(section, key)
	if len(all) == 0 {
		return Value{}, false
	}
	return all[len(all)-1], true
}

// Same reports whether two names mean one section to oslo.config.
func Same(section, other string) bool { return fold(section) == fold(other) }

// fold is _normalize_group_name of oslo_config/cfg.py. Python's lower makes two
// characters of U+0130.
func fold(section string) string {
	if section == "DEFAULT" {
		return section
	}
	return strings.ToLower(strings.ReplaceAll(section, "\u0130", "i\u0307"))
}
