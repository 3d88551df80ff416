package templates

import (
	"encoding/base64"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Names of the objects that are made. All keys of the first Secret are included in
// Keystone's vhosts, so that it holds nothing else.
const (
	rhosoIncluded = "fedstone-keystone-httpd"
	rhosoMounted  = "fedstone-keystone-files"
	rhosoServer   = "server.conf"
)

// largestSecret bounds a Secret's data (k8s.io/api/core/v1, MaxSecretSize).
const largestSecret = 1 << 20

// rhoso makes what Red Hat OpenStack Services on OpenShift 18 is told by: Secrets,
// and a patch of the OpenStackControlPlane that names them.
func (d deployment) rhoso() ([]File, error) {
	return together(d.rhosoSecrets, d.rhosoPatch)
}

// checkOperator: where an operator writes the vhosts there is no file to merge into,
// pods have no names of their own, and the vhosts' TLS is the operator's.
func (j *job) checkOperator() {
	if j.platform.Layout.Server == "" {
		return
	}
	if j.layout() != wholeLayout {
		j.find("layout-operator", j.fed.HTTPD.Layout.At, fmt.Sprintf("on %s an operator writes the virtual hosts, and includes what is rendered", j.platform.Name), "remove httpd.layout")
	}
	if tls := j.fed.HTTPD.TLS; tls != nil {
		j.find("tls-operator", tls.Certificate.At, fmt.Sprintf("httpd.tls has no effect on %s: the operator's virtual hosts have their own", j.platform.Name), "remove httpd.tls")
	}
	if len(j.fed.Controllers) > 0 {
		j.find("controllers-operator", j.fed.Controllers[0].Name.At, fmt.Sprintf("%s has pods, which are all alike, and no controllers", j.platform.Name), "remove controllers:")
	}
}

// secretList is a List of Secrets (k8s.io/api/core/v1).
type secretList struct {
	APIVersion string         `yaml:"apiVersion"`
	Kind       string         `yaml:"kind"`
	Items      []secretObject `yaml:"items"`
}

type secretObject struct {
	APIVersion string            `yaml:"apiVersion"`
	Kind       string            `yaml:"kind"`
	Metadata   objectName        `yaml:"metadata"`
	Type       string            `yaml:"type"`
	Data       map[string]string `yaml:"data"` // base64
}

type objectName struct {
	Name string `yaml:"name"`
}

const secretsComment = `# Written by fedstone: oc apply -f secrets.yaml, in the namespace of the control plane.
# It holds client secrets and passphrases, in base64, which hides nothing.
`

func (d deployment) rhosoSecrets() (File, error) {
	included, mounted, err := d.rhosoData()
	if err != nil {
		return File{}, err
	}
	f, err := yamlFile("/secrets.yaml", secretsComment, secretList{"v1", "List", []secretObject{
		opaque(rhosoIncluded, included), opaque(rhosoMounted, mounted),
	}})
	f.Secret, f.Mode = true, 0o600
	return f, errors.Join(err, fits(rhosoIncluded, included), fits(rhosoMounted, mounted))
}

// rhosoData is what the two Secrets hold. The operator runs what is included through
// Go's templates.
func (d deployment) rhosoData() (included, mounted map[string][]byte, err error) {
	l, tree := d.platform.Layout, d.trees[0]
	vhost, ok1 := tree.File(l.Vhost)
	server, ok2 := tree.File(l.Server)
	if !ok1 || !ok2 {
		return nil, nil, errors.New("the tree lacks httpd's files")
	}
	mounted = map[string][]byte{rhosoServer: server.Content}
	for _, k := range d.metadataKeys() {
		mounted[k.key] = k.file.Content
	}
	return map[string][]byte{"fedstone.conf": vhost.Content}, mounted, plainFor(vhost, "{{")
}

// opaque is a Secret of files.
func opaque(name string, data map[string][]byte) secretObject {
	out := secretObject{"v1", "Secret", objectName{name}, "Opaque", map[string]string{}}
	for key, text := range data {
		out.Data[key] = base64.StdEncoding.EncodeToString(text)
	}
	return out
}

func fits(name string, data map[string][]byte) error {
	size := 0
	for _, text := range data {
		size += len(text)
	}
	if size > largestSecret {
		return fmt.Errorf("the Secret %s would have %d bytes, Kubernetes takes at most %d; use fewer identity providers", name, size, largestSecret)
	}
	return nil
}

// keyed is a metadata file with its key: those of a Secret take no %.
type keyed struct {
	key  string
	file File
}

// metadataKeys gives the metadata files in the order of the providers. The trees'
// files are named by issuer, the keys by provider.
func (d deployment) metadataKeys() []keyed {
	var out []keyed
	for _, idp := range d.fed.IdentityProviders {
		name, err := MetadataName(idp.Issuer.Value)
		if err != nil {
			continue // Render has refused it
		}
		for _, suffix := range []string{".client", ".conf", ".provider"} {
			if f, ok := d.trees[0].File(path.Join(d.platform.Layout.MetadataDir, name+suffix)); ok {
				out = append(out, keyed{strings.Join([]string{idp.ID.Value, suffix}, ""), f})
			}
		}
	}
	if f, ok := d.trees[0].File(path.Join(d.platform.Layout.MetadataDir, caName)); ok {
		out = append(out, keyed{caName, f})
	}
	return out
}
