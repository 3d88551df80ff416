package login

import (
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/subject"
)

// offers gives the texts of a list in an issuer's metadata; nil where it has none.
func offers(provider *subject.Entry, member string) (texts []string, at *engine.Node) {
	if provider == nil || provider.Doc == nil {
		return nil, nil
	}
	at = provider.Doc.Get(member)
	for _, n := range at.Items() {
		texts = append(texts, n.Text())
	}
	return texts, at
}

// countsAt reports whether a setting counts at an issuer of a metadata directory.
func (s setting) countsAt(provider *subject.Entry) bool {
	if s.Entry != nil {
		return s.Entry.Issuer == provider.Issuer
	}
	own := s.Folder().Entry(provider.Issuer, "conf")
	return own == nil || own.Doc.Get(s.member).Text() == ""
}
