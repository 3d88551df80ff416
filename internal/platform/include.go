package platform

import "path"

// The names of what layout include writes: two files that somebody's own vhost includes.
const (
	IncludeFolder = "fedstone"             // beside the metadata folder
	ServerInclude = "keystone-server.conf" // read outside of all vhosts
	VhostInclude  = "keystone-vhost.conf"  // read in the vhost of Keystone alone
)

// Includes gives the paths of both files. No pattern of httpd's own files
// (conf.d/*.conf, sites-enabled/*.conf) reads their folder.
func (l Layout) Includes() (server, vhost string) {
	folder := path.Join(path.Dir(l.MetadataDir), IncludeFolder)
	return path.Join(folder, ServerInclude), path.Join(folder, VhostInclude)
}
