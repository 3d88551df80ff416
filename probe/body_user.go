package probe

import (
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/probe/symptom"
)

// userRules are about token.user, which is the same before and after scoping. Whose
// user it is comes first: the rest follows from it.
func userRules() []rule {
	return append(federationRules(), []rule{
		{symptom.NotAsAPI, "user.id", "an id", present("user.id")},
		{symptom.NotAsAPI, "user.name", "a name", present("user.name")},
		{symptom.UserNameMany, "user.name", "one name", func(t tokenBody, _ judging) bool { return !severalValues(t.text("user.name")) }},
		{symptom.UserNameBytes, "user.name", "what the provider says", func(t tokenBody, _ judging) bool { return misread(t.text("user.name")) == "" }},
		{symptom.NotAsAPI, "user.domain.id", "an id", present("user.domain.id")},
		{symptom.NotAsAPI, "user.domain.name", "a name", present("user.domain.name")},
		{symptom.OtherDomain, "user.domain.name", "{domain}", func(t tokenBody, j judging) bool { return j.domain == "" || t.text("user.domain.name") == j.domain }},
	}...)
}

// federationRules are about OS-FEDERATION, which a user has who came by a provider.
func federationRules() []rule {
	return []rule{
		{symptom.LocalUser, federationPath, "the provider, the protocol and the groups", func(t tokenBody, _ judging) bool { return t.at(federationPath) != nil }},
		{symptom.ForeignIDP, federationPath + ".identity_provider.id", "{id}", federated("identity_provider.id", func(got string, j judging) bool { return got == j.id })},
		{symptom.ForeignProto, federationPath + ".protocol.id", "{protocol}", federated("protocol.id", func(got string, j judging) bool { return got == j.protocol })},
		{symptom.NotAsAPI, groupsPath, "a list of groups with ids", func(t tokenBody, _ judging) bool {
			_, ok := t.names(groupsPath)
			return ok || t.at(federationPath) == nil
		}},
	}
}

func present(path string) func(tokenBody, judging) bool {
	return func(t tokenBody, _ judging) bool { return t.text(path) != "" }
}

// federated is silent where the whole block is missing: that is told already.
func federated(path string, ok func(string, judging) bool) func(tokenBody, judging) bool {
	return func(t tokenBody, j judging) bool {
		return t.at(federationPath) == nil || ok(t.text(federationPath+"."+path), j)
	}
}

// severalValues: a claim of several values becomes Python's writing of a list,
// and one that is passed on undivided keeps its delimiter.
func severalValues(name string) bool {
	return strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]") || strings.Contains(name, ";")
}

// misread gives what a name was before its UTF-8 was read as Latin-1; "" for one
// that was not.
func misread(name string) string {
	var bytes []byte
	for _, r := range name {
		if r > 0xff {
			return ""
		}
		bytes = append(bytes, byte(r))
	}
	if len(bytes) == len(name) || !utf8.Valid(bytes) { // ASCII alone, or real Latin-1
		return ""
	}
	return string(bytes)
}
