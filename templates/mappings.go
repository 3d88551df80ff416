package templates

import "path"

// mappingFiles renders each provider's mapping as Keystone takes it.
func (j *job) mappingFiles() error {
	l := j.platform.Layout
	j.bundle.Folders = append(j.bundle.Folders, Folder{Path: l.MappingDir, Mode: 0o755, Owner: "root", Group: l.KeystoneGroup})
	for i, idp := range j.fed.IdentityProviders {
		text, err := encode(j.mappings[i])
		if err != nil {
			return err
		}
		j.add(File{Path: path.Join(l.MappingDir, idp.ID.Value+".json"), Kind: Mappings, Mode: 0o644, Owner: "root", Group: l.KeystoneGroup, Content: text})
	}
	return nil
}
