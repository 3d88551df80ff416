package suite

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// login is one login as Keystone finds it.
type login struct {
	env     map[string]string
	facts   engine.Facts
	refused string // why httpd's module lets no such login through to Keystone
}

// remoteUser is the variable that names who has logged in.
const remoteUser = "REMOTE_USER"

// logins reads the logins of a suite's tests.
func (l *loader) logins(s *Suite) {
	for _, t := range s.Tests {
		one := login{facts: s.facts}
		if t.Environment != nil {
			one.env = t.Environment
		} else if c := l.claims(s, t); c != nil {
			one.env, one.refused = s.door.environment(c, s.processor.Release())
		}
		one.facts.RemoteUser, one.facts.RemoteUserKnown = one.env[remoteUser], true
		s.prepared = append(s.prepared, one)
	}
}

// claims gives what the issuer says in a test; nil after a finding.
func (l *loader) claims(s *Suite, t spec.Test) *claims.Claims {
	if t.JWT.Given() {
		return l.token(beside(s.Path, t.JWT.Value), t.JWT.At)
	}
	c, list := claims.Read(s.Path, t.Claims)
	for _, f := range list { // places within the claims are those of the test
		f.At, f.Related = t.At, nil
		l.add(f)
	}
	return c
}

// token reads a JWT; at is where its path stands. It is no source for excerpts.
func (l *loader) token(path string, at finding.Range) *claims.Claims {
	l.Seen.look(path)
	src, err := readFile(path, claims.MaxSize)
	if err != nil {
		l.fail("jwt-file", at, fmt.Sprintf("the token %s cannot be read: %v", path, err), "a path relative to the folder of this file")
		return nil
	}
	c, list := claims.Read(path, src)
	if l.add(list...); list.HasErrors() {
		return nil
	}
	if c.Form != claims.JWT {
		l.fail("jwt-file", at, fmt.Sprintf("%s holds %s, expected a JWT", path, c.About()), "claims: {sub: alice}")
		return nil
	}
	return c
}
