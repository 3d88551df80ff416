package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/curl"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// explainFlags say what an answer alone does not.
func explainFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "request", Usage: "what was asked: `METHOD-AND-PATH`, such as \"POST /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth\"; or a URL (default: not known)"},
		&cli.GenericFlag{Name: "header", Value: new(wholeValues), Usage: "a `HEADER` of the request, such as \"Accept: application/json\", as curl's -H; may be given several times, and then for all that decide (default: what curl -v tells, or else not known)"},
		&cli.BoolFlag{Name: "token-sent", Usage: "a bearer token was sent (default: not known)"},
		&cli.BoolFlag{Name: "no-token", Usage: "no bearer token was sent (default: not known)"},
		fileFlag(),
		formatFlag("text", "json"),
	}
}

// namesAnswer reports whether the argument is an answer to read: standard input, or
// a file whose name is no slug.
func namesAnswer(arg string) bool {
	if arg == input.Stdin {
		return true
	}
	_, err := os.Stat(arg)
	return err == nil
}

// explainAnswer reads an answer and says what it means.
func explainAnswer(c *cli.Context) error {
	asked, err := requestOf(c)
	if err != nil {
		return err
	}
	all, err := readResponses(c)
	if err != nil {
		return err
	}
	asked.heed(all[len(all)-1].Sent)
	names, err := namesFor(c, asked)
	if err != nil {
		return err
	}
	r := reportOf(all, asked, names)
	write := r.writeText
	if c.String("format") == "json" {
		write = r.writeJSON
	}
	if err := write(c.App.Writer); err != nil {
		return err
	}
	if len(r.Symptoms) == 0 {
		return quietExit(exitFindings)
	}
	return nil
}

// readResponses reads what curl -i has printed. No line of it is drawn.
func readResponses(c *cli.Context) ([]curl.Response, error) {
	path := c.Args().First()
	text, err := input.Read(path, c.App.Reader, curl.Limit)
	var file *fs.PathError
	if errors.As(err, &file) {
		return nil, usageError("%s: %v", path, file.Err)
	}
	if err != nil {
		return nil, err
	}
	name := path
	if path == input.Stdin {
		name = "<stdin>"
	}
	all, wrong := curl.Read(name, text)
	return all, reportFindings(c, wrong, nil)
}

func answerOf(r curl.Response) keystone.Answer {
	a := keystone.Answer{Status: r.Status, Header: r.Header, Body: r.Body}
	a.AnsweredBy = keystone.Classify(a)
	return a
}

// reportOf explains the last answer; those before it are told.
func reportOf(all []curl.Response, asked asked, names asker) answerReport {
	last := answerOf(all[len(all)-1])
	h := symptom.Heard{
		Answer: last, Method: asked.method, URL: asked.url, Bearer: asked.bearer, Sent: asked.sent, Names: names.Names,
		SAML: names.saml != nil, Words: names.saml,
		Dashboard: names.dashboard, Followed: followed(all, asked),
	}
	r := answerReport{Version: 1, Status: last.Status, AnsweredBy: last.AnsweredBy, Request: asked.told(), names: names.Names}
	for _, one := range all[:len(all)-1] {
		r.Before = append(r.Before, before(answerOf(one)))
	}
	left, evidence := symptom.ByHand(h)
	r.Evidence = append(r.Evidence, evidence...)
	if h.Followed != "" { // what was followed is what Keystone's address has said
		h.Answer, h.Followed = answerOf(all[len(all)-2]), ""
		more, _ := symptom.ByHand(h)
		left, r.AnsweredBy = append(left, more...), keystone.ByIDP
	}
	for _, p := range left {
		r.Symptoms = append(r.Symptoms, r.symptom(p))
	}
	return r
}

// before tells of an answer that was not the last: a success there is a proxy's, to
// CONNECT.
func before(a keystone.Answer) beforeReport {
	if a.Status < 300 {
		a.AnsweredBy = keystone.ByProxy
	}
	return beforeReport{Status: a.Status, AnsweredBy: a.AnsweredBy, To: a.RedirectHost()}
}
