package templates

import (
	"fmt"
	"net"
	"strings"
)

// inventory is what ansible-playbook is told: the controllers, and what the
// playbook cannot know of itself.
type inventory struct {
	Controllers inventoryGroup `yaml:"controllers"`
}

type inventoryGroup struct {
	Hosts map[string]inventoryHost `yaml:"hosts"`
	Vars  inventoryVars            `yaml:"vars"`
}

type inventoryHost struct {
	Address  string `yaml:"ansible_host"`
	Keystone string `yaml:"fedstone_keystone_url"`
}

// inventoryVars: Places are the folders on the host from which a service's container
// starts, LoginPath is where a login without a token must be refused. Keystone is
// asked Retries times, Delay seconds apart.
type inventoryVars struct {
	Places    map[string]string `yaml:"fedstone_places"`
	LoginPath string            `yaml:"fedstone_login_path"`
	Retries   int               `yaml:"fedstone_retries"`
	Delay     int               `yaml:"fedstone_delay"`
}

const inventoryComment = `# Written by fedstone: the controllers, for playbook.yml. It holds no secret.
# How ansible reaches them (ansible_user, ansible_ssh_private_key_file) is yours to
# say, on the command line or in an ansible.cfg.
`

func (d deployment) tripleoInventory() (File, error) {
	l := d.platform.Layout
	group := inventoryGroup{Hosts: map[string]inventoryHost{}, Vars: inventoryVars{
		Places:    map[string]string{"keystone": l.HostPrefix, "horizon": l.HorizonHostPrefix},
		LoginPath: authPath(d.fed.IdentityProviders[0]), Retries: 30, Delay: 2,
	}}
	for _, c := range d.fed.Controllers {
		group.Hosts[c.Name.Value] = inventoryHost{c.Address.Value, d.behindProxy(c.Address.Value)}
	}
	f, err := yamlFile("/inventory.yml", inventoryComment, inventory{group})
	if err != nil {
		return f, err
	}
	return f, plainFor(f, "{{", "{%", "{#")
}

// behindProxy is where a controller's httpd is reached without the proxy.
func (d deployment) behindProxy(address string) string {
	if d.fed.HTTPD.TLS != nil {
		return "https://" + d.proxied(address)
	}
	return "http://" + d.proxied(address)
}

// proxied is a controller's address with the port on which its httpd listens.
func (d deployment) proxied(address string) string {
	listen := vhostAddress(d.listen())
	return net.JoinHostPort(address, listen[strings.LastIndexByte(listen, ':')+1:])
}

// plainFor refuses a file in which a tool would take text for its own language.
func plainFor(f File, openings ...string) error {
	for _, o := range openings {
		if strings.Contains(string(f.Content), o) {
			return fmt.Errorf("%s: a value holds %s, which the tool that reads it would replace", f.Path, o)
		}
	}
	return nil
}
