package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// DefaultBasePort is the first port of the block when Options.BasePort is zero.
const DefaultBasePort = 15000

// Options say what Up brings up. The zero value is not usable: Dir is required.
type Options struct {
	// Dir is the state folder. It must be missing, empty or what an ended lab left, and every folder above it
	// must be open to others, since httpd, Keystone and MariaDB run as users of their own.
	Dir string
	// BasePort is the first of the block of ports; zero means DefaultBasePort.
	BasePort int
	// Keycloak brings the issuers corp and partner, Light the issuer campus, Horizon the dashboard.
	Keycloak, Light, Horizon bool
	// Debian is the suite whose MariaDB, Keystone, httpd and Horizon run (roots.Names); empty: the host's.
	Debian string
	// Progress receives one line for each phase with its seconds; nil is silence.
	Progress io.Writer
}

// Issuer is an OpenID Provider's issuer: a short name and the URL that stands in `iss`.
type Issuer struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// Lab is a running stack. It is stored as lab.json in Dir and holds no secret, only file names.
type Lab struct {
	Version int `json:"version"`
	// Dir is the state folder, absolute; Root the target's root below it, where rendered files are put.
	Dir  string `json:"dir"`
	Root string `json:"root"`
	// CAFile, CertFile and KeyFile lie below Root: the private CA and the certificate of localhost, both PEM.
	CAFile   string `json:"ca_file"`
	CertFile string `json:"cert_file"`
	KeyFile  string `json:"key_file"`
	BasePort int    `json:"base_port"`
	// Debian is the suite whose programs run, System the folder it is installed in; both are empty for the host's.
	Debian string `json:"debian,omitempty"`
	System system `json:"system,omitempty"`
	// KeystoneURL has no path (https://localhost:15000); HorizonURL is empty without Horizon.
	KeystoneURL string   `json:"keystone_url"`
	HorizonURL  string   `json:"horizon_url,omitempty"`
	Issuers     []Issuer `json:"issuers"`
	// Ready is false while Up is at work, and in what a killed Up left.
	Ready     bool      `json:"ready"`
	BootID    string    `json:"boot_id"`
	Processes []Process `json:"processes"`
}

// ErrNotRunning is what Open returns (wrapped) where no lab runs.
var ErrNotRunning = errors.New("no lab is running")

// newLab fixes every path and URL of a lab; nothing is touched.
func newLab(o Options) (*Lab, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("lab folder %s: %w", o.Dir, err)
	}
	tls := filepath.Join(dir, "root", "etc", "ssl", "fedstone")
	l := &Lab{Version: 1, Dir: dir, Root: filepath.Join(dir, "root"), BasePort: o.BasePort, BootID: bootID(),
		CAFile: filepath.Join(tls, "ca.pem"), CertFile: filepath.Join(tls, "keystone.pem"), KeyFile: filepath.Join(tls, "keystone.key")}
	l.KeystoneURL = l.url(portKeystone)
	if o.Debian != "" {
		l.Debian = o.Debian
		if l.System, err = systemOf(o.Debian); err != nil {
			return nil, err
		}
	}
	if o.Horizon {
		l.HorizonURL = l.url(portHorizon) // Debian's WEBROOT is "/"
	}
	if o.Keycloak {
		l.Issuers = append(l.Issuers, Issuer{"corp", l.url(portKeycloak) + "/realms/corp"}, Issuer{"partner", l.url(portKeycloak) + "/realms/partner"})
	}
	if o.Light {
		l.Issuers = append(l.Issuers, Issuer{"campus", l.url(portLight)})
	}
	return l, nil
}

func (l *Lab) url(offset int) string { return "https://localhost:" + strconv.Itoa(l.BasePort+offset) }

// path joins names below the lab's folder.
func (l *Lab) path(names ...string) string {
	return filepath.Join(append([]string{l.Dir}, names...)...)
}

// Up brings a lab up and returns it when every service answers. The processes outlive the caller; Down ends
// them. On any error, and when ctx ends, what was started is ended again and only Dir/log stays.
func Up(ctx context.Context, o Options) (*Lab, error) {
	l, err := prepare(&o)
	if err != nil {
		return nil, err
	}
	r := &run{lab: l, options: o, progress: &progress{w: o.Progress}}
	if err := r.up(ctx); err != nil {
		if ended := l.Down(context.WithoutCancel(ctx)); ended != nil {
			err = errors.Join(err, fmt.Errorf("and ending what was started failed: %w", ended))
		}
		return nil, err
	}
	return l, nil
}

// prepare refuses what cannot work before anything is touched.
func prepare(o *Options) (*Lab, error) {
	if o.Dir == "" {
		return nil, errors.New("a lab needs a folder of its own: Options.Dir is empty")
	}
	if o.BasePort == 0 {
		o.BasePort = DefaultBasePort
	}
	l, err := newLab(*o)
	if err != nil {
		return nil, err
	}
	for _, check := range []func() error{requireRoot, l.checkFolder, func() error { return checkPrograms(o.needs()) }, l.System.check, func() error { return checkPorts(o) }} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// requireRoot says what root is needed for: the services run as users of their own.
func requireRoot() error {
	if os.Geteuid() == 0 {
		return nil
	}
	return fmt.Errorf("the lab needs root (this is user id %d): httpd starts Keystone as user keystone and drops to www-data, MariaDB runs as mysql; run it under sudo or in a container", os.Geteuid())
}
