package probe

// beforeExchange gives the steps that leave the issuer's token unused.
func beforeExchange() []step {
	return []step{
		{name: "reach", run: reach},
		{name: "discovery", needs: []fact{issuerUp}, run: discovery},
		{name: "jwks", needs: []fact{haveDocument}, run: jwks},
		{name: "token", run: token},
		{name: "token-check", needs: []fact{haveKeys, haveToken}, run: tokenCheck},
		{name: "pasted-keys", when: readsCopy, needs: []fact{haveKeys}, run: pastedKeys},
		{name: "no-token", needs: []fact{keystoneUp}, run: noToken},
		{name: "garbage-token", needs: []fact{keystoneUp}, run: garbageToken},
		{name: "websso", when: atKeystone, run: websso},
	}
}

// fromSession gives the steps that use Keystone's token, however it came.
func fromSession(opts Options) []step {
	steps := []step{
		{name: "body", needs: []fact{haveSession}, run: body},
		{name: "id-token", when: atService, needs: []fact{haveSession}, run: idToken},
		{name: "domain", when: atService, needs: []fact{haveSession}, run: domain},
		{name: "projects", needs: []fact{haveSession}, run: projects},
		{name: "rescope", needs: []fact{haveProject}, run: rescope},
		{name: "catalog", needs: []fact{haveScoped}, run: catalog},
		{name: "expect", needs: []fact{haveSession}, when: expecting, run: expect},
	}
	if opts.Login {
		steps = append(steps, step{name: "websso-login", run: webssoLogin})
	}
	if opts.Browser != nil {
		steps = append(steps, step{name: "websso-browser", run: webssoBrowser})
	}
	return append(steps, step{name: "revoke", always: true, run: revoke})
}
