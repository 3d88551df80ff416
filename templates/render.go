package templates

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/parallel"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// Inputs is what Render needs beside the description itself.
type Inputs struct {
	// Documents holds the discovery document of every identity provider, by id.
	Documents map[string]*oidc.Document
	// SAML holds what each SAML identity provider takes, by id.
	SAML map[string]SAMLInput
	// Now is what dates of certificates are held against; zero: they are not judged.
	Now time.Time
	// Secrets fetches a secret.
	Secrets func(spec.Secret) (secret.Value, error)
	// Prefix stands before every path of the tree inside the files, for a tree
	// whose root lies elsewhere. Programs and CA bundles of the system have none.
	Prefix string
	// Controller is the name of the controller rendered for; "" where there is one.
	Controller string
	// Platform overrides the platform that the description names.
	Platform *platform.Platform
	// CABundle is the PEM text of httpd.ca_file, where the description names one.
	CABundle []byte
	// Base is the file that the layouts merge and include are fitted to; merge needs it.
	Base *Base
}

// job is one Render: the inputs, and what several outputs share.
type job struct {
	fed           *spec.Federation
	openID        *spec.Federation // with the issuers of OpenID Connect alone
	saml          *spec.Federation // with the identity providers of SAML alone
	in            Inputs
	platform      platform.Platform
	directives    platform.Table
	mappings      []mapping.Mapping // as fed.IdentityProviders
	names         []string          // of the metadata files, as openID.IdentityProviders
	passphrase    []byte            // of which each vhost's own is derived
	cachePassword string            // of redis; "" = none
	askers        map[string]string // the secret of who asks an issuer about tokens, by provider
	strategy      Strategy
	fit           fit    // to a file that is there
	fitted        []File // by the layouts merge and include
	bundle        *Bundle
	findings      finding.List
}

// Render makes all files of one controller. It reads no file but hand-written
// mappings, and writes none. Findings are about the description; when one of
// them is an error the Bundle is nil. An error is a failure to fetch a secret or
// a mapping, or a value that a format cannot carry. The texts are not yet read
// back: Verify does that, and Write, Check and Diff begin with it.
func Render(fed *spec.Federation, in Inputs) (*Bundle, finding.List, error) {
	j := &job{fed: fed, openID: fed.OpenID(), saml: fed.SAML(), in: in, bundle: &Bundle{Controller: in.Controller}}
	if err := j.prepare(); err != nil {
		return nil, j.findings, err
	}
	j.chooseStrategy()
	j.check()
	if err := j.fitLayout(); err != nil {
		return nil, j.findings, err
	}
	if j.findings.HasErrors() {
		return nil, j.findings, nil
	}
	if err := j.outputs(); err != nil {
		return nil, j.findings, err
	}
	return j.bundle, j.findings, j.finish()
}

// outputs makes the files, each kind beside the others: they share only what is
// finished by now.
func (j *job) outputs() error {
	kinds := []func() ([]File, error){j.httpd, j.metadata, j.samlFiles, j.authorities, j.mappingFiles, j.keystone, j.horizon, j.clouds}
	files, errs := make([][]File, len(kinds)), make([]error, len(kinds))
	var wg sync.WaitGroup
	for i, output := range kinds {
		wg.Go(func() { files[i], errs[i] = output() })
	}
	wg.Wait()
	j.bundle.Files = slices.Concat(files...)
	j.bundle.Modules, j.bundle.Folders = j.modules(), j.folders()
	return errors.Join(errs...)
}

// folders are those that hold more than one file and must not stand open.
func (j *job) folders() []Folder {
	l := j.platform.Layout
	var out []Folder
	if len(j.saml.IdentityProviders) > 0 {
		out = append(out, Folder{Path: j.samlFolder(), Mode: 0o750, Owner: "root", Group: j.samlGroup()})
	}
	return append(out, []Folder{
		{Path: l.MetadataDir, Mode: 0o750, Owner: "root", Group: l.HTTPDGroup},
		{Path: l.MappingDir, Mode: 0o755, Owner: "root", Group: l.KeystoneGroup},
	}...)
}

func (j *job) prepare() error {
	if err := j.choosePlatform(); err != nil {
		return err
	}
	for _, idp := range j.openID.IdentityProviders {
		if j.in.Documents[idp.ID.Value] == nil {
			return fmt.Errorf("no discovery document for identity provider %q", idp.ID.Value)
		}
	}
	for _, idp := range j.saml.IdentityProviders {
		if j.in.SAML[idp.ID.Value].IdP == nil {
			return fmt.Errorf("no metadata for identity provider %q", idp.ID.Value)
		}
	}
	j.names = make([]string, len(j.openID.IdentityProviders))
	if err := j.compileMappings(); err != nil {
		return err
	}
	if err := j.askerSecrets(); err != nil {
		return err
	}
	return j.passphrases()
}

// compileMappings makes the mappings. Each is a matter of its provider alone.
func (j *job) compileMappings() error {
	idps := j.fed.IdentityProviders
	found, failed := make([]finding.List, len(idps)), make([]error, len(idps))
	j.mappings = make([]mapping.Mapping, len(idps))
	parallel.Each(len(idps), func(i int) {
		j.mappings[i], found[i], failed[i] = mapping.For(idps[i], j.release(), filepath.Dir(j.fed.Path))
	})
	j.findings = append(j.findings, slices.Concat(found...)...)
	return first(failed)
}

func (j *job) choosePlatform() error {
	name := j.fed.Platform.Value
	p, ok := platform.ByName(name)
	if j.in.Platform != nil {
		p, ok = *j.in.Platform, true
	}
	if !ok {
		return fmt.Errorf("platform %q is not known", name)
	}
	p = j.fed.Describe(p)
	j.platform, j.directives = p, p.Directives()
	j.bundle.Platform, j.bundle.Manifest = p.Name, p.Layout.Manifest
	j.bundle.HostPrefix, j.bundle.HorizonHostPrefix = p.Layout.HostPrefix, p.Layout.HorizonHostPrefix
	return nil
}

func (j *job) release() string {
	return cmp.Or(j.fed.Keystone.Release.Value, j.platform.Release)
}

// secret fetches a secret and refuses what mod_auth_openidc would run as a
// program.
func (j *job) secret(what string, s spec.Secret) (secret.Value, error) {
	v, err := j.in.Secrets(s)
	if err != nil {
		return v, fmt.Errorf("%s: %w", what, err)
	}
	return v, usable(what, v)
}

// finish orders the files, refuses two of one path, and adds the manifest.
func (j *job) finish() error {
	byPath := func(a, b File) int { return cmp.Compare(a.Path, b.Path) }
	slices.SortStableFunc(j.bundle.Files, byPath)
	for i, f := range j.bundle.Files[1:] {
		if f.Path == j.bundle.Files[i].Path {
			return fmt.Errorf("two files would be written to %s", f.Path)
		}
	}
	manifest, err := j.bundle.manifest()
	if err != nil {
		return errors.Join(errors.New("manifest"), err)
	}
	j.bundle.Files = append(j.bundle.Files, manifest)
	return nil
}
