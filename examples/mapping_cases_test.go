package examples_test

// mappingCase says how an example of mappings/ is tried out.
type mappingCase struct {
	issuer string         // corp, campus, or own: an issuer of the test itself
	user   string         // who logs in; "" is the client itself
	claims map[string]any // what a token of the own issuer says
	lacks  string         // words of the step that the cloud does not fulfil
	after  string         // the issuer through which the same user has logged in before
}

// mappingCases are the examples, each with a login that the lab can do.
func mappingCases() map[string]mappingCase {
	alice := mappingCase{issuer: "corp", user: "alice"}
	lacking := func(step string) mappingCase { return mappingCase{issuer: "corp", user: "alice", lacks: step} }
	own := func(claims map[string]any) mappingCase { return mappingCase{issuer: "own", claims: claims} }
	return map[string]mappingCase{
		"any-one-of":                alice,
		"boolean":                   {issuer: "corp"},
		"claim-missing":             {issuer: "corp", user: "mallory"},
		"claim-name-in-braces":      alice,
		"direct-map":                alice,
		"group-by-id":               alice,
		"group-called-domain-name":  alice,
		"group-called-name":         alice,
		"group-domain-unknown":      lacking(`domain named "nowhere"`),
		"group-id-empty":            alice,
		"group-id-unknown":          lacking("'deleted-since'"),
		"group-ids-as-list":         alice,
		"group-json":                alice,
		"group-json-without-name":   alice,
		"group-in-capitals":         alice,
		"groups-blacklist-regex":    alice,
		"groups-of-a-claim":         alice,
		"groups-whitelist":          alice,
		"groups-whitelist-nothing":  alice,
		"id-and-name":               alice,
		"index-out-of-range":        alice,
		"list-formatted":            alice,
		"list-in-a-claim":           own(map[string]any{"team": "['cloud-users', 'readers']"}),
		"list-in-a-name":            alice,
		"local-user":                alice,
		"local-user-unknown":        lacking("local user"),
		"local-user-without-domain": alice,
		"name-too-long":             alice,
		"nested-claim":              own(map[string]any{"realm_access": map[string]any{"roles": []string{"cloud-admin", "offline_access"}}}),
		"not-any-of":                alice,
		"numbers":                   own(map[string]any{"level": 3, "flags": []any{true, false, 7}, "ratio": 0.5}),
		"project-role-of-a-domain":  lacking("belongs to a domain"),
		"project-role-unknown":      lacking(`"astronaut"`),
		"project-too-long":          alice,
		"projects":                  alice,
		"regex":                     alice,
		"remote-user":               {issuer: "campus", user: "alice"},
		"semicolon":                 own(map[string]any{"groups": []string{"staff;readers", "cloud-users"}}),
		"several-rules":             alice,
		"single-value-formatted":    {issuer: "corp"},
		"twins":                     {issuer: "campus", user: "alice", lacks: "stores the user", after: "corp"},
		"umlaut":                    own(map[string]any{"name": "Zoë Müller"}),
		"user-domain":               alice,
	}
}
