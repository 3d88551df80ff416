package main

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

const bashCompletion = `_fedstone() {
  local words=("${COMP_WORDS[@]:0:COMP_CWORD}") cur="${COMP_WORDS[COMP_CWORD]}"
  local opts
  if [[ "$cur" == -* ]]; then
    opts=$("${words[@]}" "$cur" --generate-bash-completion 2>/dev/null)
  else
    opts=$("${words[@]}" --generate-bash-completion 2>/dev/null)
  fi
  COMPREPLY=($(compgen -W "$opts" -- "$cur"))
}
complete -o bashdefault -o default -F _fedstone fedstone
`

const zshCompletion = `#compdef fedstone
autoload -U compinit && compinit
autoload -U bashcompinit && bashcompinit
`

func completionCommand() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a shell's completion script",
		ArgsUsage: "bash|zsh|fish",
		Description: `For one session: source <(fedstone completion bash)
For good:        fedstone completion bash > /etc/bash_completion.d/fedstone`,
		Action: func(c *cli.Context) error {
			text, err := completionFor(c)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(c.App.Writer, text)
			return err
		},
	}
}

func completionFor(c *cli.Context) (string, error) {
	switch shell := c.Args().First(); shell {
	case "bash":
		return bashCompletion, nil
	case "zsh":
		return zshCompletion + bashCompletion, nil
	case "fish":
		return c.App.ToFishCompletion()
	default:
		return "", usageError("completion %q: expected bash, zsh or fish", shell)
	}
}
