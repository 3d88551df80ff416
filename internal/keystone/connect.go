package keystone

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/tokens"
)

// Auth says as whom to log in. The zero Auth takes OS_CLOUD, else the other OS_*
// variables of the environment.
type Auth struct {
	Cloud  string // name in clouds.yaml; "" = the environment
	CAFile string // PEM file, trusted besides the system's CAs; "" = OS_CACERT, or the cloud's cacert
	// Timeout is that of a single request, its answer included; 0 is a minute.
	Timeout time.Duration
	// LookupEnv reads the environment; nil is os.LookupEnv. clouds.yaml is looked
	// for in the places that the process's own environment names.
	LookupEnv func(string) (string, bool)
}

// Connect logs in and gives a client of the identity service at the very URL that
// was named: the catalog's may be internal, or plain http. Revoke ends its token.
// A login that has begun is seen to its end also when ctx ends, and its token is
// then revoked: cut off, it might leave a token that nobody knows.
func Connect(ctx context.Context, a Auth) (*gophercloud.ServiceClient, error) {
	name := cmp.Or(a.Cloud, a.environment().get("OS_CLOUD"))
	if name == "" {
		return a.connect(ctx, a.environmentOptions)
	}
	cloud, err := findEntry(name)
	if err != nil {
		return nil, err
	}
	client, err := a.connect(ctx, func() (gophercloud.AuthOptions, *tls.Config, error) { return cloud.options(a.CAFile) })
	return client, cloud.about(err)
}

func (a Auth) connect(ctx context.Context, options func() (gophercloud.AuthOptions, *tls.Config, error)) (*gophercloud.ServiceClient, error) {
	opts, tlsConfig, err := options()
	if err != nil {
		return nil, err
	}
	if err := checkOptions(opts, tlsConfig); err != nil {
		return nil, err
	}
	provider, err := openstack.NewClient(opts.IdentityEndpoint)
	if err != nil {
		return nil, fmt.Errorf("identity endpoint %s: %w", opts.IdentityEndpoint, err)
	}
	provider.HTTPClient = httpClient(tlsConfig, cmp.Or(a.Timeout, time.Minute))
	if err := logIn(ctx, provider, opts); err != nil {
		return nil, fmt.Errorf("logging in at %s: %w", opts.IdentityEndpoint, refusedLogin(err))
	}
	client, err := openstack.NewIdentityV3(provider, gophercloud.EndpointOpts{})
	if err == nil && ctx.Err() != nil {
		return nil, errors.Join(fmt.Errorf("logging in at %s: %w", opts.IdentityEndpoint, context.Cause(ctx)), Revoke(ctx, client))
	}
	return client, err
}

// refusedLogin says what a 401 may be about: Keystone answers it alike for all of
// these (keystone/exception.py, Unauthorized).
func refusedLogin(err error) error {
	var refusal *Refusal
	if err = Explain(err); errors.As(err, &refusal) && refusal.Status == http.StatusUnauthorized {
		return fmt.Errorf("%w: user, password, project or one of their domains; or the user is disabled, or has no role there", err)
	}
	return err
}

// grace is how long a login goes on after ctx has ended, and how long revoking
// may take.
const grace = 10 * time.Second

func logIn(ctx context.Context, provider *gophercloud.ProviderClient, opts gophercloud.AuthOptions) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	defer stop()
	err := openstack.AuthenticateV3(own, provider, &opts, gophercloud.EndpointOpts{})
	if err == nil && provider.Token() == "" {
		err = errors.New("the answer has no X-Subject-Token: something else than Keystone answers there, or a proxy takes headers away")
	}
	return err
}

// Revoke ends the token that Connect obtained. It has a time limit of its own and
// does not end with ctx, so that an interrupted run revokes too.
func Revoke(ctx context.Context, c *gophercloud.ServiceClient) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := tokens.Revoke(ctx, c, c.Token()).Err
	if err == nil || IsNotFound(err) { // 404: it has ended already
		return nil
	}
	return fmt.Errorf("revoking the token that was used: %w", Explain(err))
}

func (a Auth) environmentOptions() (gophercloud.AuthOptions, *tls.Config, error) {
	env := a.environment()
	opts, err := env.authOptions()
	if err != nil {
		return opts, nil, err
	}
	if a.CAFile == "" {
		a.CAFile = env.get("OS_CACERT")
	}
	config, err := trust(a.CAFile)
	return opts, config, err
}

// trust gives a TLS configuration that trusts the system's CAs and the file's.
func trust(caFile string) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("CA file: %w", err)
	}
	if config.RootCAs, err = x509.SystemCertPool(); err != nil {
		config.RootCAs = x509.NewCertPool()
	}
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("CA file %s: no PEM certificate in it", caFile)
	}
	return config, nil
}

// checkOptions refuses what would show the credentials to others, or end a token
// that is not ours.
func checkOptions(o gophercloud.AuthOptions, config *tls.Config) error {
	u, err := url.Parse(o.IdentityEndpoint)
	if err != nil || u.Host == "" {
		return fmt.Errorf("identity endpoint %q is not a URL such as https://keystone.example.org:5000", o.IdentityEndpoint)
	}
	switch {
	case u.User != nil:
		return errors.New("the identity endpoint holds a user or password; give them in OS_USERNAME and OS_PASSWORD")
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return fmt.Errorf("identity endpoint %s: the credentials would go over the network in clear text; only https is used (http to loopback only)", o.IdentityEndpoint)
	case strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/v2.0"):
		return fmt.Errorf("identity endpoint %s: version 2.0 has no federation; end it with /v3", o.IdentityEndpoint)
	case config != nil && config.InsecureSkipVerify:
		return errors.New("verify: false would show the credentials to anyone in between; name the CA with cacert or --ca-file")
	case o.TokenID != "" && (o.Scope == nil || *o.Scope == gophercloud.AuthScope{}):
		return errors.New("a token needs a project, a domain or system_scope beside it: a token of our own is made from it, and revoked at the end")
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// httpClient follows no redirect: net/http would send X-Auth-Token along.
func httpClient(config *tls.Config, timeout time.Duration) http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = config
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns // requests side by side keep their connections
	return http.Client{
		Transport:     transport,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
