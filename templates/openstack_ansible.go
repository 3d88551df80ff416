package templates

import (
	"embed"
	"slices"
)

// The playbook reads each tree's manifest; what stands in the role's place of a vhost
// is one Include. Both are the same for everybody.
//
//go:embed openstack_ansible
var openStackAnsibleFiles embed.FS

const (
	openStackAnsibleVariables = "/etc/openstack_deploy/user_variables_fedstone.yml"
	openStackAnsibleVhost     = "/etc/openstack_deploy/keystone/fedstone-httpd.conf.j2"
)

// openStackAnsible makes what OpenStack-Ansible takes on its deployment host: variables
// of the role os_keystone, which stand above the role's own since openstack-ansible
// gives every user_*.yml as extra variables; the file that the role puts in the place of
// its vhost; and a playbook for the files that hold secrets, for which the role has no
// place.
func (d deployment) openStackAnsible() ([]File, error) {
	fixed, err := fixedFiles(openStackAnsibleFiles, "openstack_ansible")
	if err != nil {
		return nil, err
	}
	variables, err := d.openStackAnsibleVariables()
	return slices.Concat(fixed, []File{variables}), err
}

// osaVariables: vars/debian.yml lists keystone_apache_configs, tasks/main.yml finds
// keystone_sp_apache_mod_auth_openidc, which installs and loads the module, and
// keystone_keystone_conf_overrides is laid over keystone.conf.
type osaVariables struct {
	OpenIDC bool                      `yaml:"keystone_sp_apache_mod_auth_openidc"`
	Configs []osaConfig               `yaml:"keystone_apache_configs"`
	Conf    map[string]map[string]any `yaml:"keystone_keystone_conf_overrides"`
}

type osaConfig struct {
	Src  string `yaml:"src"`
	Dest string `yaml:"dest"`
}

const osaComment = `# Written by fedstone from federation.yaml, for /etc/openstack_deploy. It holds no secret.
# It stands in the place of keystone_sp, which knows one identity provider.
`

func (d deployment) openStackAnsibleVariables() (File, error) {
	v := osaVariables{true, []osaConfig{
		{"keystone-ports.conf.j2", "/etc/apache2/ports.conf"},
		{openStackAnsibleVhost, "/etc/apache2/sites-available/keystone-httpd.conf"},
		{"keystone-httpd-mpm.conf.j2", mpmFile},
	}, d.osaConf()}
	f, err := yamlFile(openStackAnsibleVariables, osaComment, v)
	if err != nil {
		return f, err
	}
	bare := f
	bare.Content = []byte(replaceOnce(string(f.Content), mpmFile))
	return f, plainFor(bare, "{{", "{%", "{#")
}

// mpmFile is the role's own, with its own variable.
const mpmFile = "/etc/apache2/mods-available/mpm_{{ keystone_httpd_mpm_backend }}.conf"

// osaConf is keystone.conf; an option with several values is a list.
func (d deployment) osaConf() map[string]map[string]any {
	return d.keystoneSections(func(values []any) any { return values })
}
