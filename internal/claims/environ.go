package claims

// Variable is one entry of the environment of a WSGI program.
type Variable struct {
	Name  string // as a rule must name it in remote type
	Value string // the Python str: a byte of the module's value is one character
	Claim string // the claim it comes from; "" where it comes from none
	Note  string // why it looks so; may be empty
	// Chance says that the module hands out what lies in its memory; Value is "".
	Chance bool
}

// Missing is a variable that somebody may expect and that does not come.
type Missing struct {
	Name   string // of the variable; "" where the claim makes none at all
	Claim  string
	Reason string
}

// Environ is what claims are to a WSGI program behind a module.
type Environ struct {
	Variables []Variable // in the order of the claims; REMOTE_USER, where it is set, comes last
	Missing   []Missing
	// Refused is why the module answers such claims with 401; "" where it does not.
	// There are no variables then.
	Refused string

	module Module
	text   bool // values are text already, as in Keystone's own test input
}

// Get gives the value of a variable; false when there is none.
func (e Environ) Get(name string) (string, bool) {
	for _, v := range e.Variables {
		if v.Name == name {
			return v.Value, true
		}
	}
	return "", false
}

// Plain takes the claims as the environment itself, without a module: strings are
// kept, all else is left out, as Keystone does (RuleProcessor.process).
func Plain(c *Claims) Environ {
	e := Environ{text: c.Form == Lines}
	for _, claim := range c.Object {
		if s, ok := claim.Value.(string); ok {
			e.Variables = append(e.Variables, Variable{Name: claim.Name, Value: s, Claim: claim.Name})
			continue
		}
		e.Missing = append(e.Missing, Missing{Name: claim.Name, Claim: claim.Name,
			Reason: kindOf(claim.Value) + " is no environment variable: without a module only strings are taken"})
	}
	return e
}

// Environ gives the environment that the module makes of the claims of a token
// (or of an introspection, or of a browser's session: the same code) and hands to
// a program under mod_wsgi.
func (m Module) Environ(c *Claims) Environ {
	e := Environ{module: m, Refused: refused(c.Object)}
	user := m.remoteUser(c.Object, &e)
	if e.Refused != "" {
		return e
	}
	w := newWriter(m)
	for _, claim := range c.Object {
		w.claim(claim)
	}
	e.Variables, e.Missing = w.result()
	if user != nil {
		e.Variables = append(e.Variables, *user)
	}
	return e
}
