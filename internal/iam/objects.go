package iam

// IdentityProvider is one as the service keeps it (api-ref, en-us_topic_0057845606).
type IdentityProvider struct {
	ID          string `json:"id,omitempty"`
	Description string `json:"description"`
	Enabled     bool   `json:"enabled"` // a new one is disabled unless told otherwise
	// SSOType is virtual_user_sso, or iam_user_sso where each person is one of the
	// account's own users; it is fixed at creation. "" is the service's default, the
	// former.
	SSOType string `json:"sso_type,omitempty"`
}

// Protocol ties an identity provider to a mapping (en-us_topic_0057845575).
type Protocol struct {
	ID        string `json:"id,omitempty"`
	MappingID string `json:"mapping_id"`
}

// Mapping is the conversion of an ID token's claims (en-us_topic_0057845590; the form of
// the rules besides: the user guide, iam_08_0006). It is a part of version 1.0 of
// Keystone's: a claim is named as in the token, groups have no domain.
type Mapping struct {
	ID    string `json:"id,omitempty"`
	Rules []Rule `json:"rules"`
}

// Rule makes of the claims that satisfy all of Remote all of Local.
type Rule struct {
	Local  []Local  `json:"local"`
	Remote []Remote `json:"remote"`
}

// Local has one field. Its text holds {0} for the value of the first claim of Remote
// that has no condition.
type Local struct {
	User   *Name  `json:"user,omitempty"`
	Group  *Name  `json:"group,omitempty"`
	Groups string `json:"groups,omitempty"`
}

// Name is a user's or a group's.
type Name struct {
	Name string `json:"name"`
}

// Remote is a claim, with at most one condition.
type Remote struct {
	Type     string   `json:"type"`
	AnyOneOf []string `json:"any_one_of,omitempty"`
	NotAnyOf []string `json:"not_any_of,omitempty"`
}

// Configuration is an identity provider's OpenID Connect configuration (iam_13_0207,
// table CreateOpenIDConnectConfig). What is of the console alone is empty where the
// access mode is program.
type Configuration struct {
	AccessMode            string `json:"access_mode"`
	Issuer                string `json:"idp_url"`
	ClientID              string `json:"client_id"`
	AuthorizationEndpoint string `json:"authorization_endpoint,omitempty"`
	Scope                 string `json:"scope,omitempty"` // separated by spaces
	ResponseType          string `json:"response_type,omitempty"`
	ResponseMode          string `json:"response_mode,omitempty"`
	SigningKey            string `json:"signing_key"` // a key set (RFC 7517) as text
}
