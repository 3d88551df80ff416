package clouds

import (
	"math/big"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
	"gopkg.in/yaml.v3"
)

// What PyYAML takes a plain scalar for (yaml/resolver.py).
var (
	bools      = pattern.Lazy(`^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$`)
	nulls      = pattern.Lazy(`^(?:~|null|Null|NULL|)$`)
	ints       = pattern.Lazy(`^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$`)
	floats     = pattern.Lazy(`^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`)
	timestamps = pattern.Lazy(`^(?:\d\d\d\d-\d\d-\d\d|\d\d\d\d-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$`)
)

// scalar gives the type of a scalar, and its text.
func scalar(n *yaml.Node) (Type, string) {
	const styled = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	switch s := n.Value; {
	case n.Style&(styled|yaml.TaggedStyle) != 0:
		return Str, s
	case nulls().MatchString(s):
		return Unset, ""
	case bools().MatchString(s):
		return Bool, pythonBool(s)
	case floats().MatchString(s):
		return Float, s
	case ints().MatchString(s):
		return Int, decimal(s)
	case timestamps().MatchString(s):
		return Timestamp, s
	default:
		return Str, s
	}
}

func pythonBool(s string) string {
	switch strings.ToLower(s) {
	case "yes", "true", "on":
		return "True"
	}
	return "False"
}

// decimal is construct_yaml_int: base 2, 8, 10, 16, and 60 with colons.
func decimal(s string) string {
	s = strings.ReplaceAll(s, "_", "")
	digits := strings.TrimLeft(s, "+-")
	n := new(big.Int)
	switch {
	case strings.HasPrefix(digits, "0b"), strings.HasPrefix(digits, "0x"), len(digits) > 1 && digits[0] == '0':
		n.SetString(digits, 0)
	default:
		for _, part := range strings.Split(digits, ":") {
			next, _ := new(big.Int).SetString(part, 10)
			n.Add(n.Mul(n, big.NewInt(60)), next)
		}
	}
	if strings.HasPrefix(s, "-") {
		n.Neg(n)
	}
	return n.String()
}
