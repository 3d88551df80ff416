package finding

// Object gives the finding as it stands in the list of WriteJSON, for reports
// that hold findings among other things.
func (f Finding) Object() any { return toJSON(f) }
