package probe

// beforeExchange gives the steps that leave the issuer's token unused.
func beforeExchange() []step {
	return []step{
		{name: "reach", run: reach},
		{name: "discovery", needs: []fact{issuerUp}, run: discovery},
		{name: "jwks", needs: []fact{haveDocument}, run: jwks},
		{name: "token", run: token},
		{name: "token-check", needs: []fact{haveKeys, haveToken}, run: tokenCheck},
		{name: "no-token", needs: []fact{keystoneUp}, run: noToken},
		{name: "garbage-token", needs: []fact{keystoneUp}, run: garbageToken},
	}
}

// fromExchange gives the steps that use the issuer's token, and Keystone's.
func fromExchange() []step {
	return []step{
		{name: "exchange", needs: []fact{keystoneUp, haveToken}, run: exchange},
		{name: "body", needs: []fact{haveSession}, run: body},
		{name: "projects", needs: []fact{haveSession}, run: projects},
		{name: "rescope", needs: []fact{haveProject}, run: rescope},
		{name: "catalog", needs: []fact{haveScoped}, run: catalog},
		{name: "revoke", always: true, run: revoke},
	}
}
