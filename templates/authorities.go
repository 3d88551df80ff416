package templates

import (
	"bytes"
	"fmt"
	"path"

	"github.com/fedstone/fedstone/internal/cabundle"
)

// caName is the file with the CAs that httpd trusts for the issuers. It lies in the
// metadata directory, which every platform brings to its place; the module reads
// names that end in .provider, .client and .conf there, and no others (src/metadata.c,
// oidc_metadata_list).
const caName = "ca-bundle.pem"

func (j *job) caPlace() string { return path.Join(j.platform.Layout.MetadataDir, caName) }

// authorities renders the CAs of httpd.ca_file, and nothing else that it holds. httpd's
// children read them at each call to an issuer.
func (j *job) authorities() ([]File, error) {
	given := j.fed.HTTPD.CAFile
	if !given.Given() {
		return nil, nil
	}
	bundle, list := cabundle.Parse(given.Value, j.in.CABundle)
	if list.HasErrors() {
		list.Sort()
		return nil, fmt.Errorf("httpd.ca_file: %s: %s", list[0].At, list[0].Message)
	}
	text := bundle.PEM()
	return []File{{Path: j.caPlace(), Kind: Metadata, Mode: 0o640, Owner: "root", Group: j.platform.Layout.HTTPDGroup, Content: text, readBack: holdsCertificates(text)}}, nil
}

// holdsCertificates is the proof of a text that holds these certificates alone.
func holdsCertificates(want []byte) proof {
	return func(text []byte) error {
		bundle, list := cabundle.Parse("", text)
		if len(list) > 0 || !bytes.Equal(bundle.PEM(), want) {
			return errOtherMeaning
		}
		return nil
	}
}
