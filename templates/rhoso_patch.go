package templates

import "path"

// controlPlane is the part of an OpenStackControlPlane that is changed
// (openstack-k8s-operators/openstack-operator, api/core/v1beta1).
type controlPlane struct {
	Spec struct {
		Keystone keystoneService `yaml:"keystone"`
		Horizon  *horizonService `yaml:"horizon,omitempty"`
	} `yaml:"spec"`
}

type keystoneService struct {
	Template keystoneTemplate `yaml:"template"`
}

// keystoneTemplate is of KeystoneAPISpecCore (keystone-operator,
// api/v1beta1/keystoneapi_types.go).
type keystoneTemplate struct {
	Config      string        `yaml:"customServiceConfig"`
	Httpd       httpdCustom   `yaml:"httpdCustomization"`
	ExtraMounts []extraMounts `yaml:"extraMounts"`
}

type httpdCustom struct {
	Secret string `yaml:"customConfigSecret"`
}

type horizonService struct {
	Template struct {
		Config string `yaml:"customServiceConfig"`
	} `yaml:"template"`
}

// extraMounts is KeystoneExtraMounts; extraVolume is VolMounts of lib-common
// (modules/storage/storage.go), the rest is Kubernetes' own.
type extraMounts struct {
	Name    string        `yaml:"name"`
	Volumes []extraVolume `yaml:"extraVol"`
}

type extraVolume struct {
	Propagation []string      `yaml:"propagation"`
	Volumes     []volume      `yaml:"volumes"`
	Mounts      []volumeMount `yaml:"mounts"`
}

type volume struct {
	Name   string       `yaml:"name"`
	Secret secretVolume `yaml:"secret"`
}

type secretVolume struct {
	Name  string      `yaml:"secretName"`
	Mode  int         `yaml:"defaultMode"`
	Items []keyToPath `yaml:"items"`
}

type keyToPath struct {
	Key  string `yaml:"key"`
	Path string `yaml:"path"`
}

type volumeMount struct {
	Name     string `yaml:"name"`
	Path     string `yaml:"mountPath"`
	SubPath  string `yaml:"subPath,omitempty"`
	ReadOnly bool   `yaml:"readOnly"`
}

const patchComment = `# Written by fedstone, after secrets.yaml:
#
#   oc patch openstackcontrolplane NAME --type merge --patch-file patch.yaml
#
# It holds no secret. A merge takes the place of a list and of a text as a whole: if
# keystone has extraMounts or a customServiceConfig already, join them by hand.
`

func (d deployment) rhosoPatch() (File, error) {
	l, tree := d.platform.Layout, d.trees[0]
	var p controlPlane
	conf, _ := tree.File(l.KeystoneConf)
	p.Spec.Keystone.Template = keystoneTemplate{string(conf.Content), httpdCustom{rhosoIncluded}, []extraMounts{{"fedstone", []extraVolume{d.rhosoVolume()}}}}
	if settings, ok := tree.File(l.Horizon); ok {
		p.Spec.Horizon = &horizonService{}
		p.Spec.Horizon.Template.Config = string(settings.Content)
	}
	return yamlFile("/patch.yaml", patchComment, p)
}

// rhosoVolume lays the files into Keystone's pods. A volume of a Secret cannot be
// written by who mounts it: the module finds no provider that is not described.
func (d deployment) rhosoVolume() extraVolume {
	const mode = 0o440 // as the operator's own (internal/keystone/federation.go)
	l := d.platform.Layout
	var items []keyToPath
	for _, k := range d.metadataKeys() {
		items = append(items, keyToPath{k.key, path.Base(k.file.Path)})
	}
	return extraVolume{
		Propagation: []string{"Keystone"},
		Volumes: []volume{
			{"fedstone-server", secretVolume{rhosoMounted, mode, []keyToPath{{rhosoServer, rhosoServer}}}},
			{"fedstone-metadata", secretVolume{rhosoMounted, mode, items}},
		},
		Mounts: []volumeMount{
			{"fedstone-server", l.Server, rhosoServer, true},
			{"fedstone-metadata", l.MetadataDir, "", true},
		},
	}
}
