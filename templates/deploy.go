package templates

import (
	"cmp"
	"errors"
	"slices"

	"github.com/fedstone/fedstone/internal/spec"
)

// Deployment makes what a platform's own tools need to bring the trees to their
// places and to keep them there: a playbook, values, a Secret. trees are what
// Render made for each controller. Its paths are those below a folder of its own,
// which is no target's root. The Bundle is nil where the platform needs nothing.
func Deployment(fed *spec.Federation, in Inputs, trees []*Bundle) (*Bundle, error) {
	j := &job{fed: fed, in: in, bundle: &Bundle{}}
	if err := j.choosePlatform(); err != nil {
		return nil, err
	}
	output, ok := deployments()[j.platform.Name]
	if !ok {
		return nil, nil
	}
	j.bundle.Manifest, j.bundle.HostPrefix, j.bundle.HorizonHostPrefix = "/manifest.json", "", ""
	var err error
	if j.bundle.Files, err = output(deployment{job: j, trees: trees}); err != nil {
		return nil, err
	}
	return j.bundle, j.finish()
}

// deployment is one Deployment: the description, and the trees it is for.
type deployment struct {
	*job
	trees []*Bundle
}

// deployments gives, by the platform's name, what makes its files.
func deployments() map[string]func(deployment) ([]File, error) {
	return map[string]func(deployment) ([]File, error){
		"kolla":             deployment.kolla,
		"kolla-debian":      deployment.kolla,
		"openstack-ansible": deployment.openStackAnsible,
		"openstack-helm":    deployment.openStackHelm,
		"rhoso-18":          deployment.rhoso,
		"rhosp-17.1":        deployment.tripleo,
	}
}

// together joins what several outputs make.
func together(outputs ...func() (File, error)) ([]File, error) {
	var files []File
	var failed []error
	for _, output := range outputs {
		f, err := output()
		files, failed = append(files, f), append(failed, err)
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, errors.Join(failed...)
}
