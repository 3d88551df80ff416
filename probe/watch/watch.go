package watch

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// Round is what one run has brought.
type Round struct {
	// Fleet is empty where every identity provider was left out.
	Fleet probe.Fleet
	// Hosts are those of the description, as HOST:PORT. The certificates of other
	// hosts, to which answers have led, are shown as one.
	Hosts []string
}

// Watch runs a probe again and again. Every field but Tell has to be set.
type Watch struct {
	Every time.Duration // from start to start
	// Probe makes a run without the identity providers that are to be left out. An
	// error says that there could be no run; what is wrong with a cloud is no error.
	Probe  func(ctx context.Context, leaveOut func(idp string) bool) (Round, error)
	Clock  Clock
	Record *Record
	Lines  io.Writer    // gets a line of JSON for each identity provider of a run
	Tell   func(string) // is told what has changed, for a person; nil: nobody is

	trouble string // why the last run could not be made
}

// Run watches until ctx ends, which is no error. It is one if the first run cannot
// be made, or if nobody takes the lines. A later run that cannot be made is told
// and waited out. A run that an interrupt has cut short is not recorded.
func (w *Watch) Run(ctx context.Context) error {
	due := w.Clock.Now()
	for first := true; ctx.Err() == nil; first = false {
		if err := w.once(ctx, first); err != nil {
			return err
		}
		var missed int
		due, missed = following(due, w.Clock.Now(), w.Every)
		w.Record.miss(missed)
		w.Clock.Sleep(ctx, due)
	}
	return nil
}

func (w *Watch) once(ctx context.Context, first bool) error {
	began := w.Clock.Now()
	round, err := w.Probe(ctx, func(idp string) bool { return w.Record.paused(idp, began) })
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil && first:
		return err
	case err != nil:
		w.Record.fail()
		w.sayOnce(err.Error())
		return nil
	}
	w.trouble = ""
	return w.write(w.Record.take(round, began, w.Clock.Now(), w.Every))
}

// sayOnce tells why there was no run, unless the last one had the same reason.
func (w *Watch) sayOnce(trouble string) {
	if trouble != w.trouble {
		w.say("no run: " + trouble)
	}
	w.trouble = trouble
}

func (w *Watch) say(text string) {
	if w.Tell != nil {
		w.Tell(text)
	}
}

func (w *Watch) write(lines []Line) error {
	out := json.NewEncoder(w.Lines)
	out.SetEscapeHTML(false)
	for _, l := range lines {
		for _, text := range l.words() {
			w.say(text)
		}
		if err := out.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
