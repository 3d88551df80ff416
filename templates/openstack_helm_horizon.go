package templates

import "cmp"

// helmHorizon is what the chart horizon is told (openstack-helm, horizon/values.yaml,
// conf.horizon.local_settings.config.auth).
type helmHorizon struct {
	Conf struct {
		Horizon struct {
			Settings struct {
				Config struct {
					Auth helmAuth `yaml:"auth"`
				} `yaml:"config"`
			} `yaml:"local_settings"`
		} `yaml:"horizon"`
	} `yaml:"conf"`
}

type helmAuth struct {
	SSO struct {
		Enabled     bool   `yaml:"enabled"`
		Initial     string `yaml:"initial_choice"`
		KeystoneURL string `yaml:"websso_keystone_url"`
	} `yaml:"sso"`
	Providers []helmProvider `yaml:"idp_mapping"`
}

type helmProvider struct {
	Name     string `yaml:"name"`
	Label    string `yaml:"label"`
	IdP      string `yaml:"idp"`
	Protocol string `yaml:"protocol"`
}

const helmHorizonComment = `# Written by fedstone from federation.yaml: values for the chart horizon.
`

func (d deployment) openStackHelmHorizon() (File, error) {
	var v helmHorizon
	auth := &v.Conf.Horizon.Settings.Config.Auth
	auth.SSO.Enabled, auth.SSO.Initial, auth.SSO.KeystoneURL = true, passwordChoice, d.fed.Keystone.URL.Value+"/v3"
	for _, idp := range d.fed.IdentityProviders {
		id := idp.ID.Value
		auth.Providers = append(auth.Providers, helmProvider{id, cmp.Or(idp.DisplayName.Value, id), id, idp.Protocol.Value})
	}
	f, err := yamlFile("/horizon-values.yaml", helmHorizonComment, v)
	if err != nil {
		return f, err
	}
	return f, plainFor(f, "{{")
}
