package templates

import (
	"cmp"
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/platform"
)

// kollaVariables are those of kolla-ansible's role keystone that say which providers
// there are (ansible/group_vars/all/keystone.yml). The role makes their domains,
// mappings, identity providers and protocols, as `fedstone apply` does; groups and
// roles are for apply alone.
type kollaVariables struct {
	SocketPort string          `yaml:"keystone_wsgi_socket_port,omitempty"`
	RemoteID   string          `yaml:"keystone_remote_id_attribute_oidc"`
	Dashboards []string        `yaml:"keystone_trusted_dashboards,omitempty"`
	Providers  []kollaProvider `yaml:"keystone_identity_providers"`
	Mappings   []kollaMapping  `yaml:"keystone_identity_mappings"`
}

type kollaProvider struct {
	Name       string `yaml:"name"`
	Domain     string `yaml:"openstack_domain"`
	Protocol   string `yaml:"protocol"`
	Identifier string `yaml:"identifier"`
	PublicName string `yaml:"public_name"`
	Mapping    string `yaml:"attribute_mapping"`
	Metadata   string `yaml:"metadata_folder"`
}

type kollaMapping struct {
	Name          string `yaml:"name"`
	File          string `yaml:"file"`
	SchemaVersion string `yaml:"schema_version,omitempty"`
}

const kollaComment = `# Written by fedstone from federation.yaml, for kolla-ansible's globals.d. It holds no
# secret: those are in the files beside it.
`

func (d deployment) kollaGlobals() (File, error) {
	v := kollaVariables{RemoteID: mapping.RemoteID, Dashboards: d.origins()}
	if _, port, ok := strings.Cut(d.platform.Layout.UWSGI, ":"); ok {
		v.SocketPort = port
	}
	release, _ := platform.ReleaseByName(d.release())
	for _, idp := range d.fed.IdentityProviders {
		id := idp.ID.Value
		v.Providers = append(v.Providers, kollaProvider{
			id, idp.Domain.Value, idp.Protocol.Value, idp.Issuer.Value, cmp.Or(idp.DisplayName.Value, id), id, path.Join(kollaOIDC, "metadata"),
		})
		m := kollaMapping{Name: id, File: path.Join(kollaOIDC, "mappings", id+".json")}
		if len(release.SchemaVersions) > 0 {
			m.SchemaVersion = "1.0"
		}
		v.Mappings = append(v.Mappings, m)
	}
	f, err := yamlFile(kollaGlobals, kollaComment, v)
	if err != nil {
		return f, err
	}
	return f, plainFor(f, "{{", "{%", "{#")
}
