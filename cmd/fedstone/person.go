package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/login"
)

// person is who sits before this process. All that is shown goes to standard
// error, also where that is no terminal: somebody may read it there.
type person struct {
	out     io.Writer
	browser bool // one may be opened
	columns int  // of the terminal that can show a QR code; 0: none can

	mu sync.Mutex // one message at a time
}

// noOpenFlag keeps a login's page from being opened.
func noOpenFlag() cli.Flag {
	return &cli.BoolFlag{Name: "no-open", Usage: "print the address of a login's page instead of opening it"}
}

func personHere(c *cli.Context) *person {
	return &person{out: c.App.ErrWriter, browser: !c.Bool("no-open"), columns: drawingColumns(c)}
}

// drawingColumns is the width of a terminal that knows block characters and colours.
func drawingColumns(c *cli.Context) int {
	out, isFile := c.App.ErrWriter.(*os.File)
	locale := strings.ToUpper(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG")))
	utf8 := strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8")
	if !isFile || !utf8 || os.Getenv("TERM") == "dumb" || os.Getenv("NO_COLOR") != "" {
		return 0
	}
	columns, _, err := term.GetSize(int(out.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// ShowDevice shows where to type which code.
func (p *person) ShowDevice(d login.Device) {
	text := fmt.Sprintf("to log in at %s, open on any device\n\n    %s\n\nand enter the code\n\n    %s\n", d.Issuer, d.URI, d.Code)
	if d.Complete != "" {
		text += fmt.Sprintf("\nor open\n\n    %s\n", d.Complete)
	}
	p.say(text + "\n" + "the code is good until " + d.Expires.Local().Format("15:04:05"))
	if d.Complete != "" && p.columns > 0 {
		p.draw(d.Complete)
	}
}

// OpenBrowser opens the page, or shows its address.
func (p *person) OpenBrowser(issuer, url string) {
	if p.browser && openPage(url) {
		p.say("a browser opens the login page of " + issuer + "; --no-open prints its address instead")
		return
	}
	p.say(fmt.Sprintf("to log in at %s, open in a browser on this machine\n\n    %s\n\nthe answer comes to 127.0.0.1; where no browser can be, take `probe: {grant: device}`", issuer, url))
}

// Tell says why it takes longer.
func (p *person) Tell(text string) { p.say(text) }

func (p *person) say(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, _ = fmt.Fprintf(p.out, "fedstone: %s\n", finding.PrintableLines(text))
}
