package metadata

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataKeyFileMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-key-file-missing",
		Severity: finding.Error,
		Title:    "a .conf file names a certificate or key that is not there",
		Why: "`token_endpoint_tls_client_cert` and `token_endpoint_tls_client_key` name files with which the client shows itself at the token endpoint. httpd looks for those of directives when it starts, and for these only when a code is exchanged: " +
			"the login fails after the user has given a password.",
		Mend:   "Put the file there, readable for httpd's user, or name the right one.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_conf_parse; libcurl, CURLOPT_SSLCERT and CURLOPT_SSLKEY",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, key := range []string{"token_endpoint_tls_client_cert", "token_endpoint_tls_client_key"} {
				name := textOf(i.Conf, key)
				for _, v := range i.Folder.Vhosts {
					if name != "" && gone(v.Tree, name) {
						i.on(p, i.Conf, member(i.Conf, key), finding.Finding{
							Message: fmt.Sprintf("%s names %s, which is not there: the exchange of the code at %s fails", key, name, i.name()),
							Hint:    "ls -l " + shell(name),
						})
						break
					}
				}
			}
		}),
	}
}

// gone reports whether a file is certainly not there: its folder is at hand.
func gone(t *subject.Tree, name string) bool {
	_, _, err := t.Stat(name)
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, httpdconf.ErrOutside) {
		return false
	}
	_, _, err = t.Stat(path.Dir(t.Path(name)))
	return err == nil
}
