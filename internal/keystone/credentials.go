package keystone

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/gophercloud/gophercloud/v2"
)

// environment reads the OS_* variables of an openrc file.
type environment func(string) (string, bool)

// get gives the first variable that holds something.
func (e environment) get(names ...string) string {
	for _, name := range names {
		if value, _ := e(name); value != "" {
			return value
		}
	}
	return ""
}

func (a Auth) environment() environment {
	if a.LookupEnv == nil {
		return os.LookupEnv
	}
	return a.LookupEnv
}

// authOptions puts together what the environment holds; every missing variable
// is named in one error.
func (e environment) authOptions() (gophercloud.AuthOptions, error) {
	opts := gophercloud.AuthOptions{IdentityEndpoint: e.get("OS_AUTH_URL")}
	missing := e.need(nil, "OS_AUTH_URL")
	switch {
	case e.get("OS_APPLICATION_CREDENTIAL_ID", "OS_APPLICATION_CREDENTIAL_NAME") != "":
		missing = e.applicationCredential(&opts, missing)
	case e.get("OS_TOKEN") != "" && e.get("OS_PASSWORD") == "":
		opts.TokenID = e.get("OS_TOKEN")
		missing = e.scope(&opts, missing)
	default:
		missing = e.user(&opts, e.need(missing, "OS_PASSWORD"))
		opts.Password = e.get("OS_PASSWORD")
		missing = e.scope(&opts, missing)
	}
	if len(missing) > 0 {
		return opts, fmt.Errorf("not set: %s; source an openrc file, or name a cloud of clouds.yaml with --cloud", strings.Join(missing, ", "))
	}
	return opts, nil
}

// need adds "A or B" to the missing ones when none of the names holds anything.
func (e environment) need(missing []string, names ...string) []string {
	if e.get(names...) == "" {
		missing = append(missing, strings.Join(names, " or "))
	}
	return missing
}

// user is an id, which stands alone, or a name in a domain.
func (e environment) user(o *gophercloud.AuthOptions, missing []string) []string {
	if o.UserID = e.get("OS_USER_ID", "OS_USERID"); o.UserID != "" {
		return missing
	}
	o.Username = e.get("OS_USERNAME")
	o.DomainID, o.DomainName = either(e.get("OS_USER_DOMAIN_ID", "OS_DEFAULT_DOMAIN_ID"), e.get("OS_USER_DOMAIN_NAME", "OS_DEFAULT_DOMAIN_NAME", "OS_DEFAULT_DOMAIN"))
	missing = e.need(missing, "OS_USERNAME")
	if o.DomainID+o.DomainName == "" {
		missing = append(missing, "OS_USER_DOMAIN_NAME or OS_USER_DOMAIN_ID")
	}
	return missing
}

func (e environment) applicationCredential(o *gophercloud.AuthOptions, missing []string) []string {
	o.ApplicationCredentialID = e.get("OS_APPLICATION_CREDENTIAL_ID")
	o.ApplicationCredentialSecret = e.get("OS_APPLICATION_CREDENTIAL_SECRET")
	missing = e.need(missing, "OS_APPLICATION_CREDENTIAL_SECRET")
	if o.ApplicationCredentialID == "" {
		o.ApplicationCredentialName = e.get("OS_APPLICATION_CREDENTIAL_NAME")
		missing = e.user(o, missing)
	}
	return missing
}

// scope is what the token is for: the system, a project or a domain. It is
// required with a given token too, so that Keystone issues one of our own, which
// may be revoked without ending the operator's.
func (e environment) scope(o *gophercloud.AuthOptions, missing []string) []string {
	o.Scope = &gophercloud.AuthScope{}
	switch {
	case e.get("OS_SYSTEM_SCOPE") == "all":
		o.Scope.System = true
	case e.get("OS_PROJECT_ID", "OS_TENANT_ID") != "":
		o.Scope.ProjectID = e.get("OS_PROJECT_ID", "OS_TENANT_ID")
	case e.get("OS_PROJECT_NAME", "OS_TENANT_NAME") != "":
		o.Scope.ProjectName = e.get("OS_PROJECT_NAME", "OS_TENANT_NAME")
		o.Scope.DomainID, o.Scope.DomainName = either(
			e.get("OS_PROJECT_DOMAIN_ID", "OS_DEFAULT_DOMAIN_ID"), e.get("OS_PROJECT_DOMAIN_NAME", "OS_DEFAULT_DOMAIN_NAME", "OS_DEFAULT_DOMAIN"))
		if o.Scope.DomainID+o.Scope.DomainName == "" {
			missing = append(missing, "OS_PROJECT_DOMAIN_NAME or OS_PROJECT_DOMAIN_ID")
		}
	default:
		o.Scope.DomainID, o.Scope.DomainName = either(e.get("OS_DOMAIN_ID"), e.get("OS_DOMAIN_NAME"))
		if o.Scope.DomainID+o.Scope.DomainName == "" {
			missing = append(missing, "OS_PROJECT_NAME (or OS_PROJECT_ID, OS_DOMAIN_NAME, OS_SYSTEM_SCOPE=all)")
		}
	}
	return missing
}

// either keeps the id of a domain, or its name: Keystone takes one of the two.
func either(id, name string) (string, string) {
	if cmp.Or(id, name) == id {
		return id, ""
	}
	return "", name
}
