package main

import (
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/mapping/explain"
)

const mapHelp = `RULES is a mapping as Keystone stores it (JSON), or federation.yaml#IDP: the rules
of that identity provider, compiled as render does it.

CLAIMS is what the issuer says of a person: a JSON object, or a token (a JWT; its
signature is not checked and never shown). Or it is the environment as Keystone
sees it: a JSON object of it, or the "key: value" lines that keystone-manage
mapping_engine takes. For either, - is standard input.

What httpd's module makes of claims decides what Keystone sees: --module names it.
Without --module CLAIMS is the environment as it stands. With federation.yaml#IDP
the module is the platform's, set up as fedstone renders it: prefix OIDC-,
delimiter ";", environment variables only. --module none takes it away.

   fedstone map rules.json claims.json --module mod_auth_openidc --module-version 2.4.12.3 --prefix OIDC- --delimiter ";"
   fedstone map federation.yaml#corp token.jwt
   pbpaste | fedstone map federation.yaml#corp -
   fedstone map rules.json env.txt --release wallaby --python 3.9
   fedstone map rules.json claims.json --format html -o why.html

Before a mapping is changed, --compare looks for a login on which two RULES differ:
who gets in who did not, with which groups and projects, and what was not tried.

   fedstone map --compare deployed.json federation.yaml#corp

Exit status 0 if Keystone would let the login in; 1 if it is refused, fails, or
cannot be decided; 2 if RULES, CLAIMS or the call are wrong; 3 if a file cannot be
read.`

func mapCommand() *cli.Command {
	return &cli.Command{
		Name:        "map",
		Usage:       "say what Keystone's mapping makes of claims, rule by rule, offline",
		ArgsUsage:   "RULES CLAIMS\n   fedstone map --compare RULES RULES",
		Description: mapHelp,
		Flags:       slices.Concat(mapFlags(), compareFlags(), outputFlags()),
		Action:      runMap,
	}
}

func mapFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "release", Usage: "behave as Keystone of `RELEASE`: wallaby, zed, 2024.1 … (default: the newest known, or the description's)"},
		&cli.StringFlag{Name: "schema", Usage: "evaluate as mapping schema `VERSION`: 1.0, 2.0 or 3.0 (default: what the mapping says)"},
		&cli.StringFlag{Name: "python", Usage: "behave as Python `VERSION`, that Keystone runs on: 3.9 to 3.13 (default: 3.11, or the platform's)"},
		&cli.StringFlag{Name: "module", Usage: "make the environment of the claims as `MODULE` does: mod_auth_openidc, mod_oauth2 or none"},
		&cli.StringFlag{Name: "module-version", Usage: "the module's `VERSION`, such as 2.4.12.3"},
		&cli.StringFlag{Name: "prefix", Usage: "OIDCClaimPrefix: what stands before a claim's name, as `TEXT` (default: the module's)"},
		&cli.StringFlag{Name: "delimiter", Usage: "OIDCClaimDelimiter: what stands between a claim's values, as `TEXT` (default: the module's)"},
		&cli.StringFlag{Name: "pass-as", Usage: "OIDCPassClaimsAs: `FORM` is both, environment, headers or none (default: the module's)"},
		&cli.StringFlag{Name: "encoding", Usage: "OIDCPassClaimsAs' second word: `HOW` is none, latin1 or base64url (default: the module's)"},
		&cli.BoolFlag{Name: "browser", Usage: "a login in the browser, not a bearer token: REMOTE_USER differs"},
		&cli.StringFlag{Name: "domain-id", Usage: "`ID` of the identity provider's domain, which the user's id in Keystone is made of"},
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"},
		formatFlag("text", "json", "html"),
	}
}

func runMap(c *cli.Context) error {
	if c.Bool("compare") {
		return compareMappings(c)
	}
	if err := checkMapCall(c); err != nil {
		return err
	}
	rules, err := readRules(c, c.Args().Get(0))
	if err != nil {
		return err
	}
	processor, err := prepareRules(c, &rules)
	if err != nil {
		return err
	}
	login, err := readLogin(c, rules, processor.Release())
	if err != nil {
		return err
	}
	report := mapReport(rules, processor, login)
	if err := writeMap(c, report, rules.sources); err != nil {
		return err
	}
	if !report.OK() {
		return quietExit(exitFindings)
	}
	return nil
}

// mapReport asks the engine, unless the module turns the login down itself.
func mapReport(rules mapRules, p *engine.Processor, login mapLogin) explain.Report {
	report := explain.Of(p, rules.doc, login.environment, login.facts)
	if login.refused != nil {
		report = explain.Turned(*login.refused, p, rules.doc)
	}
	report.Knows, report.Notes = login.knows, login.notes
	report.Places = rules.places
	for i := range report.Findings {
		report.Findings[i].Related = rules.related(report.Explanation.Outcome)
	}
	report.Claims, report.Module, report.Python = login.name, login.module, p.Python().String()
	return report
}
