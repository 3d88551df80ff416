package metadata

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataNameWrong(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-name-wrong",
		Severity: finding.Error,
		Title:    "the module never looks for a file of this name",
		Why: "The name of an issuer's files is the issuer without `https://` and without one final slash, with every byte but letters, digits, `-`, `.`, `_` and `~` as `%XX` in upper-case hex. " +
			"`%2f`, a plain `:`, or a name that keeps the scheme is another name: the module finds no file, asks the issuer for its discovery document itself, and ends the login with " +
			"\"no (valid) client metadata exists for provider\". Nothing is said when httpd starts.",
		Mend:   "Rename the files of the issuer.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_issuer_to_filename",
		Check: r.all(func(p *rule.Pass, i *issuer) {
			right := i.rightName()
			if i.URL != "" || right == "" {
				return
			}
			first := i.files()[0]
			i.on(p, first, nil, finding.Finding{
				Message: fmt.Sprintf("the module never looks for %s: of the issuer %s the name is %s", first.Name, i.likely(), right+"."+first.Suffix),
				Hint:    i.moves(right),
			}, r.logins(i.Folder, right)...)
		}),
	}
}

// likely gives the issuer that files of another name were most likely meant for.
func (i *issuer) likely() string {
	if own := textOf(i.Provider, "issuer"); own != "" {
		return own
	}
	decoded, err := url.PathUnescape(i.Base)
	if err != nil || strings.Trim(decoded, "/") == "" {
		return ""
	}
	for _, scheme := range []string{"https://", "http://"} {
		if strings.HasPrefix(decoded, scheme) {
			return decoded
		}
	}
	return "https://" + strings.TrimSuffix(decoded, "/")
}

// rightName is the name that the files should have; "" where it cannot be told.
func (i *issuer) rightName() string {
	if i.likely() == "" {
		return ""
	}
	return platform.MetadataName(i.likely())
}

// moves are the commands that rename the files.
func (i *issuer) moves(right string) string {
	var lines []string
	for _, e := range i.files() {
		lines = append(lines, fmt.Sprintf("mv %s %s", shell(path.Join(i.Folder.Path, e.Name)), shell(path.Join(i.Folder.Path, right+"."+e.Suffix))))
	}
	return strings.Join(lines, "\n")
}

// shell quotes a path where a shell would take it apart.
func shell(name string) string {
	if strings.ContainsAny(name, " '\"\\$&;()<>|*?[]#~`!{}\t\n") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}
