package saml

// Limits bound a document. A zero field allows nothing.
type Limits struct {
	Size       int // in bytes
	Depth      int // elements within each other
	Elements   int // that are kept
	Attributes int // of one element
}

// EnvelopeLimits are for what comes from a live server: an envelope has a few KB,
// and one of a user with a thousand groups 200 KB.
func EnvelopeLimits() Limits {
	return Limits{Size: 1 << 20, Depth: 32, Elements: 10_000, Attributes: 32}
}

// MetadataLimits are for metadata. Of an aggregate, which may list thousands of
// entities, the chosen one alone is kept.
func MetadataLimits() Limits {
	return Limits{Size: 32 << 20, Depth: 32, Elements: 10_000, Attributes: 64}
}
