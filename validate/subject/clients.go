package subject

import "github.com/fedstone/fedstone/internal/clouds"

// Clients is a clouds.yaml: how clients log in at Keystone.
type Clients struct {
	*clouds.File
}

func (l *loader) clouds(name string, src []byte) {
	file, found := clouds.Parse(name, src)
	l.site.Found = append(l.site.Found, found...)
	l.site.Clients = append(l.site.Clients, &Clients{File: file})
}
