package templates

// SAMLInputOf is for tests from outside.
var SAMLInputOf = samlInputOf
