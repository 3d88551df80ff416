package templates

import (
	"cmp"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping"
)

// environment is an environment file of Heat.
type environment struct {
	Parameters parameters `yaml:"parameter_defaults"`
}

// parameters are those of tripleo-heat-templates (stable/wallaby,
// deployment/keystone/keystone-container-puppet.yaml and
// deployment/horizon/horizon-container-puppet.yaml).
type parameters struct {
	Federation    bool                `yaml:"KeystoneFederationEnable"`
	Dashboards    []string            `yaml:"KeystoneTrustedDashboards,omitempty"`
	WebSSO        bool                `yaml:"WebSSOEnable"`
	InitialChoice string              `yaml:"WebSSOInitialChoice,omitempty"`
	Choices       [][]string          `yaml:"WebSSOChoices,omitempty"`
	Providers     map[string][]string `yaml:"WebSSOIDPMapping,omitempty"`
	Hieradata     hieradata           `yaml:"ControllerExtraConfig"`
}

// hieradata is read by puppet on the controllers. keystone_sticky_sessions and
// haproxy_globals_override are of puppet-tripleo (stable/wallaby,
// manifests/haproxy.pp), keystone_config of puppet-keystone's class keystone::config.
type hieradata struct {
	Keystone map[string]puppetValue `yaml:"keystone::config::keystone_config"`
	Sticky   bool                   `yaml:"keystone_sticky_sessions"`
	Globals  map[string]int         `yaml:"tripleo::haproxy::haproxy_globals_override"`
}

type puppetValue struct {
	Value string `yaml:"value"`
}

// proxyBuffer is what haproxy needs to hold a request whose token httpd still
// takes: 32 KiB for one header, and room for the others. Its default is 16 KiB.
const proxyBuffer = 48 << 10

const environmentComment = `# Written by fedstone, for openstack overcloud deploy -e: what TripleO itself can say
# of the federation, so that a deployment keeps it. It holds no secret.
#
# KeystoneOpenIdcEnable stays off: its class knows one issuer, and would write the
# module's directives into the vhost that playbook.yml brings. Deploy with this
# file, then run the playbook: until it has run, federated logins are closed.
#
# ControllerExtraConfig takes the place of a hash as a whole. If you have one with the
# same keys, join them by hand; ec2/driver is TripleO's own entry.
`

func (d deployment) tripleoEnvironment() (File, error) {
	p := parameters{Federation: true, Dashboards: d.origins(), Hieradata: d.hieradata()}
	if len(d.fed.Keystone.Dashboards) > 0 {
		p.WebSSO, p.InitialChoice = true, d.firstChoice()
		p.Choices, p.Providers = d.webssoChoices()
	}
	f, err := yamlFile("/environment.yaml", environmentComment, environment{p})
	if err != nil {
		return f, err
	}
	return f, plainFor(f, "%{")
}

func (d deployment) webssoChoices() (choices [][]string, providers map[string][]string) {
	choices, providers = [][]string{{passwordChoice, passwordTitle}}, map[string][]string{}
	for _, idp := range d.fed.IdentityProviders {
		id := idp.ID.Value
		choices = append(choices, []string{id, cmp.Or(idp.DisplayName.Value, id)})
		providers[id] = []string{id, idp.Protocol.Value}
	}
	return choices, providers
}

func (d deployment) hieradata() hieradata {
	options := map[string]puppetValue{
		"auth/methods": {d.methods()},
		"ec2/driver":   {"keystone.contrib.ec2.backends.sql.Ec2"},
	}
	for _, p := range d.protocols() {
		options[strings.Join([]string{p, "remote_id_attribute"}, "/")] = puppetValue{mapping.RemoteID}
	}
	return hieradata{options, d.sticky(), map[string]int{"tune.bufsize": proxyBuffer}}
}

// sticky: a session that one controller alone knows must come back to it.
func (d deployment) sticky() bool {
	return len(d.fed.Controllers) > 1 && cmp.Or(d.fed.HTTPD.Cache.Type.Value, "shm") == "shm" && !d.inCookie()
}
