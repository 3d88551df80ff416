package engine

import (
	"errors"

	"github.com/fedstone/fedstone/internal/python"
)

// format is str.format(*direct_maps). An index that no direct map has is
// Keystone's DirectMappingError.
func (v *value) format(e *evaluation) (any, error) {
	if n, only := v.text.Only(); only && n < len(e.args) {
		switch {
		case e.single[n] != nil:
			return e.single[n], nil
		case len(e.args[n].Values) == 1:
			return e.args[n].Values[0], nil
		case v.asList:
			return listed{e.args[n]}, nil
		}
	}
	text, err := v.text.Append(nil, e.args, e.python)
	var raised *python.Exception
	var open *python.Undecidable
	switch {
	case err == nil:
		return string(text), nil
	case errors.As(err, &open):
		e.open = true
		return v.chance(open.Reason, e.args, e.rules)
	case errors.As(err, &raised) && raised.Class == "IndexError":
		err = v.directMapping(len(e.args))
	}
	return nil, located(err, v.at)
}

// directMapping is what Keystone makes of an IndexError.
func (v *value) directMapping(direct int) error {
	return &python.Exception{Class: "DirectMappingError", Message: outOfRange(v.text, direct)}
}
