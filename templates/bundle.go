package templates

import "io/fs"

// Kind says what a file is for, as the manifest names it.
type Kind string

// The kinds of files.
const (
	HTTPD    Kind = "httpd"
	Merged   Kind = "httpd-merged" // a file that somebody else keeps, with pieces of ours: never removed
	Metadata Kind = "metadata"
	Mappings Kind = "mapping"
	Keystone Kind = "keystone"
	Horizon  Kind = "horizon"
	Clouds   Kind = "clouds"
	Script   Kind = "script"
	Deploy   Kind = "deployment" // for the platform's own tools; never on the target

	Shibboleth   Kind = "shibboleth" // what the service provider of that name reads
	manifestKind Kind = "manifest"
)

// File is one file to be written. Path is absolute on the target, with slashes.
// Owner and Group are names on the target.
type File struct {
	Path    string
	Kind    Kind
	Mode    fs.FileMode
	Owner   string
	Group   string
	Secret  bool // holds a secret: its text is never shown
	Content []byte

	readBack proof
	base     *Base // of a merged file
}

// Folder is a folder that must not be more open than Mode.
type Folder struct {
	Path  string
	Mode  fs.FileMode
	Owner string
	Group string
}

// Bundle is everything that one controller needs, in the order of Path. The
// manifest is the last of Files. Only Render makes one: what a file is meant to
// say comes with it, and Verify needs that.
type Bundle struct {
	Platform          string
	Controller        string
	Modules           []string // httpd modules that the configuration needs, sorted
	HostPrefix        string   // where on the host the target's root lies; "" = at its root
	HorizonHostPrefix string   // the same of Horizon's files
	Folders           []Folder
	Files             []File
	Manifest          string   // path of the manifest among Files
	ByHand            []string // what is left to do, in words: lines to add to a file that somebody else keeps
}

// File gives the file of that path.
func (b *Bundle) File(path string) (File, bool) {
	for _, f := range b.Files {
		if f.Path == path {
			return f, true
		}
	}
	return File{}, false
}
