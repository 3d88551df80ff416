package keystone

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gophercloud/gophercloud/v2"
	parser "github.com/gophercloud/gophercloud/v2/openstack/config/clouds"

	"github.com/fedstone/fedstone/internal/clouds"
	"github.com/fedstone/fedstone/internal/finding"
)

// entry is a cloud of a clouds.yaml.
type entry struct {
	name string
	at   finding.Range
}

// about names the entry before what went wrong with it.
func (e entry) about(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("cloud %s (%s): %w", finding.Printable(e.name), e.at, err)
}

// findEntry looks a cloud up where the openstack client does. secure.yaml, which
// lies beside clouds.yaml, only adds to what is there.
func findEntry(name string) (entry, error) {
	path, src, err := cloudsFile()
	if err != nil {
		return entry{}, fmt.Errorf("cloud %s: %w", finding.Printable(name), err)
	}
	file, list := clouds.Parse(path, src)
	var names []string
	for _, c := range slices.Backward(file.Clouds) { // of two, the last counts
		if c.Name == name {
			return entry{name, c.At}, nil
		}
		names = append(names, c.Name)
	}
	if list.HasErrors() {
		return entry{}, fmt.Errorf("cloud %s: %s: %s", finding.Printable(name), list[0].At, list[0].Message)
	}
	return entry{}, fmt.Errorf("cloud %s: %s has no such cloud; %s", finding.Printable(name), finding.Printable(path), other(name, names))
}

func other(name string, names []string) string {
	if near := finding.Nearest(name, names); near != "" {
		return "did you mean " + finding.Printable(near) + "?"
	}
	slices.Sort(names)
	return "it has " + cmp.Or(finding.Printable(strings.Join(names, ", ")), "none")
}

// cloudsFile reads the first clouds.yaml there is.
func cloudsFile() (path string, src []byte, err error) {
	places := cloudsPlaces()
	for _, path := range places {
		switch src, err = os.ReadFile(path); {
		case err == nil:
			return path, src, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", nil, err
		}
	}
	return "", nil, fmt.Errorf("there is no %s; write one, or source an openrc file and leave --cloud and OS_CLOUD out", strings.Join(places, ", no "))
}

func cloudsPlaces() []string {
	if path := os.Getenv("OS_CLIENT_CONFIG_FILE"); path != "" {
		return []string{path}
	}
	own := cmp.Or(os.Getenv("XDG_CONFIG_HOME"), filepath.Join(os.Getenv("HOME"), ".config"))
	return []string{"clouds.yaml", filepath.Join(own, "openstack", "clouds.yaml"), "/etc/openstack/clouds.yaml"}
}

// options are those of the entry, complete. caFile, where given, stands for the entry's cacert.
func (e entry) options(caFile string) (gophercloud.AuthOptions, *tls.Config, error) {
	opts, _, config, err := parser.Parse(parser.WithCloudName(e.name), parser.WithLocations(e.at.Path))
	if err != nil {
		return opts, nil, err
	}
	if missing := lacking(opts); len(missing) > 0 {
		return opts, nil, fmt.Errorf("not set: %s; write it there, or into secure.yaml in the same folder", strings.Join(missing, ", "))
	}
	if caFile == "" || config.InsecureSkipVerify {
		return opts, config, nil
	}
	ours, err := trust(caFile)
	if err == nil {
		config.RootCAs = ours.RootCAs // a client certificate of the cloud's stays
	}
	return opts, config, err
}

// lacking are the keys of auth without which nobody can log in.
func lacking(o gophercloud.AuthOptions) (missing []string) {
	need := func(keys string, values ...string) {
		if cmp.Or(values...) == "" {
			missing = append(missing, keys)
		}
	}
	need("auth.auth_url", o.IdentityEndpoint)
	if cmp.Or(o.TokenID, o.ApplicationCredentialID, o.ApplicationCredentialName) == "" {
		need("auth.username or auth.user_id", o.Username, o.UserID)
		need("auth.user_domain_name or auth.user_domain_id", o.DomainName, o.DomainID, o.UserID)
		need("auth.password", o.Password)
	}
	return missing
}
