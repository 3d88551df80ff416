package platform

// The versions whose page of providers has none on it. 2.4.12.3 compares the
// ends of the files' names from their second letter on (src/metadata.c,
// oidc_metadata_list: an increment inside a macro); 2.4.9.4 and 2.4.17 do not.
const (
	listEmptySince = "2.4.12"
	listFullSince  = "2.4.17"
)

// ListsProviders reports whether a version of mod_auth_openidc offers the
// providers of its metadata directory on its own page. Of versions between the
// tabled ones that is not certain, and then it is false.
func ListsProviders(version string) bool {
	return CompareVersions(version, listEmptySince) < 0 || CompareVersions(version, listFullSince) >= 0
}
