package main

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quiet is the width of the light border that a QR code needs (ISO/IEC 18004, 4 modules).
const quiet = 4

// draw shows a QR code if the terminal is wide enough for it.
func (p *person) draw(text string) {
	code, err := qr.Encode(text, qr.L)
	if err != nil || code.Size+2*quiet > p.columns {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	_, _ = fmt.Fprint(p.out, blocks(code))
}

// blocks draws two rows of squares a line, black on white whatever the colours of
// the terminal are.
func blocks(code *qr.Code) string {
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		b.WriteString("\x1b[38;5;16;48;5;231m")
		for x := -quiet; x < code.Size+quiet; x++ {
			b.WriteString(half(code.Black(x, y), code.Black(x, y+1)))
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}

func half(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	default:
		return " "
	}
}
