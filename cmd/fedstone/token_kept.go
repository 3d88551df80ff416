package main

import (
	"fmt"
	"os"
	"time"

	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

// keptToken is a Keystone token as the cache holds it and --format json prints
// it: the two places where the token is meant to be.
type keptToken struct {
	Version  int         `json:"version"`
	Token    string      `json:"token"`
	Expires  time.Time   `json:"expires_at"`
	User     keptNamed   `json:"user"`
	Project  *keptNamed  `json:"project"`
	Domain   *keptDomain `json:"domain"`
	Roles    []string    `json:"roles"`
	Provider string      `json:"identity_provider"`
}

type keptNamed struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Domain keptDomain `json:"domain"`
}

type keptDomain struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (k keptToken) token() secret.Value { return secret.New(k.Token) }

func keptOf(idp string, i probe.Issued) keptToken {
	out := keptToken{
		Version: 1, Token: i.Token.Reveal(), Expires: i.Expires.UTC(), User: namedOf(i.User),
		Roles: append([]string{}, i.Roles...), Provider: idp,
	}
	if i.Project != nil {
		project := namedOf(*i.Project)
		out.Project = &project
	}
	if i.Domain != nil {
		out.Domain = &keptDomain{i.Domain.ID, i.Domain.Name}
	}
	return out
}

func namedOf(n probe.Named) keptNamed {
	return keptNamed{n.ID, n.Name, keptDomain{n.DomainID, n.Domain}}
}

// unscopedName and scopedName are the names of this call's tokens in the cache.
func (t *tokenCall) unscopedName() string { return t.prefix() + login.Hash("unscoped") }

func (t *tokenCall) scopedName() string {
	if t.scope.Unscoped {
		return t.unscopedName()
	}
	return t.prefix() + login.Hash(t.scope.Project, t.scope.Domain, t.idp.Probe.Project.Value)
}

// prefix is that of all Keystone tokens of one login.
func (t *tokenCall) prefix() string {
	p := t.idp.Probe
	return "keystone-" + login.Hash(t.fed.Keystone.URL.Value, t.idp.ID.Value, t.idp.Protocol.Value, login.Name(login.Place{IDP: t.idp}),
		t.idp.Bearer.Token.Value, t.fileNow(p.TokenFile)) + "-"
}

// fileNow tells a file of a token from what lay there before: it may be another person's.
func (t *tokenCall) fileNow(file spec.Text) string {
	if !file.Given() {
		return ""
	}
	path := t.logins.Local(file.Value)
	info, err := os.Stat(path)
	if err != nil {
		return path // which is told when it is read
	}
	return fmt.Sprint(path, info.ModTime().UnixNano(), info.Size())
}
