package templates

import (
	"errors"
	"path"
)

// openStackHelmSecret is the one object beside the charts' own.
const openStackHelmSecret = "keystone-federation"

// openStackHelm makes a Secret with all that httpd reads, and values for the charts
// keystone and horizon, which hold no secret (openstack-helm, keystone/values.yaml and
// templates/deployment-api.yaml; horizon/values.yaml).
func (d deployment) openStackHelm() ([]File, error) {
	files, err := together(d.openStackHelmSecret, d.openStackHelmValues)
	if err != nil || len(d.fed.Keystone.Dashboards) == 0 {
		return files, err
	}
	horizon, err := d.openStackHelmHorizon()
	return append(files, horizon), err
}

const helmSecretComment = `# Written by fedstone: kubectl apply -f FILE, in the namespace of the chart keystone.
# It holds client secrets and passphrases, in base64, which hides nothing.
`

func (d deployment) openStackHelmSecret() (File, error) {
	data := map[string][]byte{}
	for _, k := range d.helmKeys() {
		data[k.key] = k.file.Content
	}
	f, err := yamlFile("/keystone-federation-secret.yaml", helmSecretComment, opaque(openStackHelmSecret, data))
	f.Secret, f.Mode = true, 0o600
	return f, errors.Join(err, fits(openStackHelmSecret, data))
}

// helmKeys are the files of the Secret.
func (d deployment) helmKeys() []keyed {
	var out []keyed
	if vhost, ok := d.trees[0].File(d.platform.Layout.Vhost); ok {
		out = append(out, keyed{path.Base(vhost.Path), vhost})
	}
	return append(out, d.metadataKeys()...)
}

// helmValues is what the chart keystone is told. The Include is relative to
// /etc/apache2, httpd's ServerRoot.
type helmValues struct {
	Conf struct {
		Vhost    string                    `yaml:"wsgi_keystone"`
		Keystone map[string]map[string]any `yaml:"keystone"`
	} `yaml:"conf"`
	Pod struct {
		Security struct {
			Keystone struct {
				Pod struct {
					Group int `yaml:"fsGroup"`
				} `yaml:"pod"`
			} `yaml:"keystone"`
		} `yaml:"security_context"`
		Mounts struct {
			API struct {
				API helmMounts `yaml:"keystone_api"`
			} `yaml:"keystone_api"`
		} `yaml:"mounts"`
	} `yaml:"pod"`
}

// helmMounts are a volume and its place (k8s.io/api/core/v1).
type helmMounts struct {
	Places  []helmPlace  `yaml:"volumeMounts"`
	Volumes []helmVolume `yaml:"volumes"`
}

type helmPlace struct {
	Name     string `yaml:"name"`
	Path     string `yaml:"mountPath"`
	ReadOnly bool   `yaml:"readOnly"`
}

type helmVolume struct {
	Name   string `yaml:"name"`
	Secret struct {
		Name  string     `yaml:"secretName"`
		Mode  int        `yaml:"defaultMode"` // decimal in YAML 1.2, as Kubernetes reads it
		Items []helmItem `yaml:"items"`
	} `yaml:"secret"`
}

// helmItem lays a key under a name that no key may have.
type helmItem struct {
	Key  string `yaml:"key"`
	Path string `yaml:"path"`
}

// keystoneID is the user and group of Keystone, as which the chart's pods run.
const keystoneID = 42424

const helmComment = `# Written by fedstone from federation.yaml: values for the chart keystone. They hold no
# secret: those are in keystone-federation-secret.yaml.
`

func (d deployment) openStackHelmValues() (File, error) {
	var v helmValues
	folder := path.Dir(d.platform.Layout.Vhost)
	v.Conf.Vhost = "Include " + path.Base(folder) + "/" + path.Base(d.platform.Layout.Vhost) + "\n"
	v.Conf.Keystone = d.helmConf()
	v.Pod.Security.Keystone.Pod.Group = keystoneID
	volume := helmVolume{Name: openStackHelmSecret}
	volume.Secret.Name, volume.Secret.Mode = openStackHelmSecret, 0o440
	for _, k := range d.helmKeys() {
		volume.Secret.Items = append(volume.Secret.Items, helmItem{k.key, k.file.Path[len(folder)+1:]})
	}
	v.Pod.Mounts.API.API = helmMounts{[]helmPlace{{openStackHelmSecret, folder, true}}, []helmVolume{volume}}
	f, err := yamlFile("/keystone-values.yaml", helmComment, v)
	if err != nil {
		return f, err
	}
	return f, plainFor(f, "{{")
}

// helmConf is keystone.conf; an option with several values is of the type multistring
// (helm-toolkit.utils.to_oslo_conf).
func (d deployment) helmConf() map[string]map[string]any {
	return d.keystoneSections(func(values []any) any { return map[string]any{"type": "multistring", "values": values} })
}
