package suite

import (
	"cmp"
	"fmt"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// door is the httpd module that makes a login's environment of claims.
type door struct{ claims.Module }

// standIn is the platform of mappings that no description is around.
const standIn = "debian-12"

// renderedDoor is the module of a platform as fedstone sets it up for the bearer
// tokens of a provider; the zero provider is none in particular.
func renderedDoor(target platform.Platform, idp spec.IdentityProvider) door {
	if target.Name == "" {
		target, _ = platform.ByName(standIn)
	}
	m, _ := mapping.BearerModule(target, idp) // a test makes one of every platform
	return door{m}
}

// door changes a door as a test file says.
func (l *loader) door(d door, m spec.TestModule) (door, bool) {
	d, err := d.as(m)
	if err == nil {
		err = d.Check()
	}
	if err != nil {
		l.fail("bad-module", m.At, err.Error(), "module: {name: mod_auth_openidc, version: 2.4.12.3}")
	}
	return d, err == nil
}

// as is the door with what is given put in its place.
func (d door) as(m spec.TestModule) (door, error) {
	d, err := d.other(m)
	if m.Prefix != nil {
		d.Prefix = m.Prefix.Value
	}
	d.Delimiter = cmp.Or(m.Delimiter.Value, d.Delimiter)
	d.PassAs = cmp.Or(claims.PassAs(m.PassAs.Value), d.PassAs)
	return d, err
}

// other is the door of another module or version. With a name it has that
// module's own defaults; without one it stays set up as it is.
func (d door) other(m spec.TestModule) (door, error) {
	if !m.Name.Given() && !m.Version.Given() {
		return d, nil
	}
	made, err := claims.NewModule(cmp.Or(m.Name.Value, d.Name), cmp.Or(m.Version.Value, assumed(m.Name.Value, d)), claims.Bearer)
	if !m.Name.Given() {
		made.Prefix, made.Delimiter, made.PassAs = d.Prefix, d.Delimiter, d.PassAs
	}
	return door{made}, err
}

// assumed is the version of a module that is taken when none is named.
func assumed(name string, d door) string {
	if name == claims.OAuth2 {
		return claims.DebianVersion(name)
	}
	return d.Version
}

// environment gives what Keystone takes of the module's environment, or why the
// module refuses such claims. A test may leave out sub, without which no token
// comes: nothing but its variables is missing then.
func (d door) environment(c *claims.Claims, release string) (env map[string]string, refused string) {
	_, named := c.Object.Get(d.RemoteUser)
	if !named {
		c = &claims.Claims{Form: c.Form, Header: c.Header, Object: append(c.Object[:len(c.Object):len(c.Object)], claims.Claim{Name: d.RemoteUser, Value: ""})}
	}
	e := d.Environ(c)
	if e.Refused != "" {
		return nil, fmt.Sprintf("%s %s answers such a token itself: %s", d.Name, d.Version, e.Refused)
	}
	if !named {
		e.Variables = without(e.Variables, d.RemoteUser)
	}
	return claims.Assertion(e, release, ""), ""
}

// always gives the variables without which nobody comes through.
func (d door) always() []string {
	var names []string
	for _, v := range d.Environ(&claims.Claims{Object: claims.Object{{Name: d.RemoteUser, Value: "somebody"}}}).Variables {
		names = append(names, v.Name)
	}
	return names
}

func without(all []claims.Variable, claim string) []claims.Variable {
	var out []claims.Variable
	for _, v := range all {
		if v.Claim != claim {
			out = append(out, v)
		}
	}
	return out
}
