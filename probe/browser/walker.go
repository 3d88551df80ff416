package browser

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/probe"
)

// The limits of a walk: the start of the browser, the way to a page, and how long a
// page that is complete may stand still before nothing more is waited for.
const (
	startLimit = 20 * time.Second
	pageLimit  = 30 * time.Second
	stillLimit = 4 * time.Second
	glance     = 100 * time.Millisecond
)

// walker is one walk in one tab.
type walker struct {
	ctx   context.Context
	walk  probe.Walk
	token handed
}

// walked goes the whole way and tells how it ended.
func (w *walker) walked() probe.Walked {
	if err := w.start(); err != nil {
		return probe.Walked{Stage: probe.NoBrowser, Why: "the browser did not start: " + plain(err)}
	}
	out := w.goes()
	out.Place = w.look().place()
	out.Screenshot = w.picture()
	if out.Stage == probe.AtHome {
		out.LoggedOut = w.logOut()
	}
	out.Token = w.token.value()
	return out
}

// start starts the browser, and listens for the token that a page hands over.
func (w *walker) start() error {
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(w.ctx) }() // the tab's own context: a shorter one would end the browser
	select {
	case err := <-started:
		if err != nil {
			return err
		}
		return w.token.listen(w.ctx)
	case <-time.After(startLimit):
		return context.DeadlineExceeded
	}
}

// goes goes from the dashboard through the issuer to the dashboard.
func (w *walker) goes() probe.Walked {
	if why := w.choose(); why != "" {
		return probe.Walked{Stage: probe.AtChoice, Why: why}
	}
	s := w.until(func(s state) bool { return s.Form && w.atIssuer(s) })
	if !s.Form || !w.atIssuer(s) {
		return probe.Walked{Stage: probe.AtIssuer, Why: "no such form came"}
	}
	if why := w.logIn(); why != "" {
		return probe.Walked{Stage: probe.AtIssuer, Why: why}
	}
	s = w.until(func(s state) bool { return s.User != "" && w.atHome(s) || w.again(s) })
	switch {
	case w.again(s):
		return probe.Walked{Stage: probe.AtReturn, Again: true}
	case w.atHome(s) && s.User != "":
		return probe.Walked{Stage: probe.AtHome, User: strings.TrimSpace(s.User)}
	case w.atHome(s):
		return probe.Walked{Stage: probe.AtReturn, Why: "the dashboard does not take the token: its user has no project, or the dashboard does not reach Keystone"}
	}
	return probe.Walked{Stage: probe.AtReturn, Why: "nothing leads on from there"}
}

func (w *walker) atIssuer(s state) bool { return slices.Contains(w.walk.Issuer, s.Host) }

func (w *walker) atHome(s state) bool {
	u, err := url.Parse(w.walk.Dashboard)
	return err == nil && s.Host == u.Host
}

// again: the issuer shows a form that has not been sent yet.
func (w *walker) again(s state) bool { return s.Form && !s.Sent && w.atIssuer(s) }

// until looks at the page until it is as wished, or stands still as another one.
func (w *walker) until(wished func(state) bool) state {
	last, since, limit := state{}, time.Now(), time.Now().Add(pageLimit)
	for {
		s := w.look()
		if s != last {
			last, since = s, time.Now()
		}
		if wished(s) || w.ctx.Err() != nil || time.Now().After(limit) || s.Complete && time.Since(since) > stillLimit {
			return s
		}
		time.Sleep(glance)
	}
}

// run gives an action a time limit of its own.
func run[T any](w *walker, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(w.ctx, pageLimit)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// plain gives the first line of an error: the browser's own words may go on for long.
func plain(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}
