package templates

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Where kolla-ansible takes what is its operator's (node_custom_config, globals.d).
const (
	kollaConfig  = "/etc/kolla/config/keystone"
	kollaOIDC    = kollaConfig + "/federation/oidc"
	kollaHorizon = "/etc/kolla/config/horizon/_9999-custom-settings.py"
	kollaGlobals = "/etc/kolla/globals.d/fedstone.yml"
)

// kolla makes what kolla-ansible takes on the host that it runs on: files that take the
// place of its own, the metadata, and the variables that name them (kolla-ansible,
// ansible/roles/keystone/tasks/config.yml and config-federation-oidc.yml,
// ansible/roles/horizon/templates/horizon.json.j2). Its role runs every file through
// Jinja2, which must leave all of them as they are.
func (d deployment) kolla() ([]File, error) {
	globals, err := d.kollaGlobals()
	files, errs := []File{globals}, []error{err}
	for _, tree := range d.trees {
		f, err := d.kollaVhost(tree)
		files, errs = append(files, f), append(errs, err)
	}
	for _, f := range d.trees[0].Files {
		if to := d.kollaPlace(f); to != "" {
			copied, err := kollaCopy(to, f)
			files, errs = append(files, copied), append(errs, err)
		}
	}
	return files, errors.Join(errs...)
}

// kollaVhost is a controller's vhost file. The role looks in the folder of the
// inventory's name first.
func (d deployment) kollaVhost(tree *Bundle) (File, error) {
	vhost, ok := tree.File(d.platform.Layout.Vhost)
	if !ok {
		return File{}, errors.New("the tree lacks the vhost file")
	}
	return jinjaCopy(path.Join(kollaConfig, tree.Controller, path.Base(vhost.Path)), vhost)
}

// kollaPlace is where the role looks for a file that all controllers share; "" where it
// takes none.
func (d deployment) kollaPlace(f File) string {
	switch f.Kind {
	case Metadata:
		return path.Join(kollaOIDC, "metadata", path.Base(f.Path))
	case Mappings:
		return path.Join(kollaOIDC, "mappings", path.Base(f.Path))
	case Keystone:
		return path.Join(kollaConfig, "keystone.conf")
	case Horizon:
		if f.Path == d.platform.Layout.Horizon { // others are for dashboards that run elsewhere
			return kollaHorizon
		}
	}
	return ""
}

// kollaCopy is a file of a tree for the role, which takes of a mapping its rules alone
// (tasks/register_identity_providers.yml).
func kollaCopy(to string, from File) (File, error) {
	if from.Kind != Mappings {
		return jinjaCopy(to, from)
	}
	var m struct {
		Rules json.RawMessage `json:"rules"`
	}
	if err := json.Unmarshal(from.Content, &m); err != nil {
		return File{}, err
	}
	text, err := newPress().encode(m.Rules)
	if err != nil {
		return File{}, err
	}
	var rules any
	err = json.Unmarshal(m.Rules, &rules)
	from.Content, from.readBack = text, readsAs(rules)
	f, err1 := jinjaCopy(to, from)
	return f, errors.Join(err, err1)
}

// jinjaCopy is a file of a tree at another place, as Jinja2 leaves it. In JSON a brace
// can be written by its number, so that nothing begins a template; in other files it
// is refused.
func jinjaCopy(to string, from File) (File, error) {
	f := File{Path: to, Kind: Deploy, Mode: from.Mode, Owner: "root", Group: "root", Secret: from.Secret, Content: from.Content, readBack: from.readBack}
	if from.Secret {
		f.Mode = 0o600
	}
	if from.Kind == Metadata || from.Kind == Mappings {
		f.Content = []byte(jinjaBraces().Replace(string(from.Content)))
	}
	return f, plainFor(f, "{{", "{%", "{#")
}

// jinjaBraces writes the second or only brace of what begins a template. JSON has two
// braces beside each other, or one of the other pairs, inside of strings alone.
func jinjaBraces() *strings.Replacer {
	return strings.NewReplacer("{{", `{\u007b`, "{%", `\u007b%`, "{#", `\u007b#`)
}

// checkKolla: the role sets federation up for the protocol openid alone
// (keystone_enable_federation_openid).
func (j *job) checkKolla() {
	if !strings.HasPrefix(j.platform.Name, "kolla") {
		return
	}
	for _, idp := range j.fed.IdentityProviders {
		if idp.Protocol.Value != "openid" {
			j.find("kolla-protocol", idp.ID.At, fmt.Sprintf("kolla-ansible sets federation up for the protocol openid alone, %q has %q", idp.ID.Value, idp.Protocol.Value), "protocol: openid")
		}
	}
}
