package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

const importHelp = `PATH is a mapping as Keystone stores it (JSON): {"rules": […]}, the list of rules
alone, or what "openstack mapping show -f json" gives; - is standard input.

What is written goes below an identity provider of federation.yaml: its domain, and
the rules with claims in the place of numbers, {preferred_username} for {0}, and
{env(REMOTE_USER)} for a variable that is no claim. It is written only if Keystone
makes the same of every login: the same user, groups and projects, or the same
refusal. Otherwise each thing that named rules cannot say is told with its place.
--partial leaves those out, with comments: parts of a rule that give something, and
whole rules that would let in or name other people.

   fedstone import rules.json
   fedstone import rules.json -o rules.yaml
   openstack mapping show corp -f json | fedstone import -
   fedstone import rules.json --partial

Exit status 0 if the rules are written; 1 if they cannot be said with names; 2 if
PATH is no mapping or the call is wrong; 3 if a file cannot be read or written.`

func importCommand() *cli.Command {
	return &cli.Command{
		Name:        "import",
		Usage:       "make named rules of a mapping that Keystone has",
		ArgsUsage:   "PATH",
		Description: importHelp,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: spec.Stdin, Usage: "write to `FILE` (- is standard output)"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite the file if there is one"},
			&cli.BoolFlag{Name: "partial", Usage: "leave out what named rules cannot say"},
		}, outputFlags()...),
		Action: runImport,
	}
}

func runImport(c *cli.Context) error {
	if c.Args().Len() != 1 {
		return usageError("import takes one mapping, got %s: fedstone import rules.json", counted(c.Args().Slice()))
	}
	if err := mayWrite(c.String("output"), c.Bool("force")); err != nil {
		return err
	}
	path := c.Args().First()
	src, err := importSource(c, path)
	if err != nil {
		return err
	}
	imported, err := importMapping(c, path, src)
	if err != nil {
		return err
	}
	return writeImport(c, imported)
}

func importSource(c *cli.Context, path string) ([]byte, error) {
	if _, err := os.Stat(path); path != spec.Stdin && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no such file; name a mapping (JSON), or - for standard input", path)
	}
	return readMapping(path, c.App.Reader)
}

// importMapping checks the mapping as Keystone does when it is stored, and makes
// named rules of it. With --partial what is left out is only warned of.
func importMapping(c *cli.Context, path string, src []byte) (mapping.Imported, error) {
	sources := map[string][]byte{path: src}
	doc, list := engine.Read(path, src)
	if !list.HasErrors() {
		list = engine.Check(doc, engine.Options{})
	}
	if err := reportFindings(c, list, sources); err != nil {
		return mapping.Imported{}, err
	}
	imported, list := mapping.Import(doc)
	lost := count(list, finding.Error)
	if c.Bool("partial") && len(imported.Rules) > 0 {
		list, lost = warned(list), 0
	}
	err := reportAs(exitFindings, c, list, sources)
	if err != nil && lost > 0 {
		err = cli.Exit("nothing is written: "+unsaid(lost, len(imported.Rules) > 0), exitFindings)
	}
	return imported, err
}

// unsaid sums up what named rules cannot say, and whether anything is left.
func unsaid(lost int, left bool) string {
	text := things(lost) + " above cannot be said by named rules"
	if left {
		return text + "; --partial leaves that out"
	}
	return text + ", and no rule is left without; give the file to the identity provider as it is, with mapping:"
}

func count(list finding.List, severity finding.Severity) int {
	n := 0
	for _, f := range list {
		if f.Severity == severity {
			n++
		}
	}
	return n
}

func things(n int) string {
	if n == 1 {
		return "one thing"
	}
	return fmt.Sprintf("%d things", n)
}

func warned(list finding.List) finding.List {
	out := append(finding.List{}, list...)
	for i := range out {
		out[i].Severity = max(out[i].Severity, finding.Warning)
	}
	return out
}

func writeImport(c *cli.Context, imported mapping.Imported) error {
	path, text := c.String("output"), []byte(imported.YAML())
	if path == spec.Stdin {
		_, err := c.App.Writer.Write(text)
		return err
	}
	if err := writeWhole(path, text); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.App.ErrWriter, "wrote %s; next: paste it below an identity provider of federation.yaml, then fedstone test\n", finding.Printable(path))
	return err
}
