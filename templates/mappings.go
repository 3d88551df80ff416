package templates

import "path"

// mappingFiles renders each provider's mapping as Keystone takes it.
func (j *job) mappingFiles() ([]File, error) {
	l := j.platform.Layout
	out := make([]File, 0, len(j.mappings))
	press := newPress()
	for i, idp := range j.fed.IdentityProviders {
		meant := j.mappings[i]
		meant.From = nil // what is compiled from what, Keystone is not told
		text, err := press.encode(meant)
		if err != nil {
			return nil, err
		}
		out = append(out, File{Path: path.Join(l.MappingDir, idp.ID.Value+".json"), Kind: Mappings, Mode: 0o644, Owner: "root", Group: l.KeystoneGroup, Content: text, readBack: readsAs(meant)})
	}
	return out, nil
}
