package subject

import (
	"path/filepath"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

func (l *loader) mapping(name string, src []byte) {
	doc, found := engine.Read(name, src)
	l.site.Found = append(l.site.Found, found...)
	if doc == nil || found.HasErrors() {
		return
	}
	base := filepath.Base(name)
	l.site.Mappings = append(l.site.Mappings, &Mapping{Path: name, Name: strings.TrimSuffix(base, filepath.Ext(base)), Doc: doc})
}

func (l *loader) description(name string, src []byte) {
	federation, found := spec.Load(name, src)
	l.site.Found = append(l.site.Found, found...)
	l.site.Descriptions = append(l.site.Descriptions, &Description{Path: name, Spec: federation})
}
