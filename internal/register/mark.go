package register

// madeBy is the description of a client that fedstone registered: the mark that
// apply writes, too (docs/adr/0011-marks.md).
const madeBy = "made by fedstone"

// sign gives the mark of a description by its keystone.owner, which may be "".
func sign(owner string) string {
	if owner == "" {
		return madeBy
	}
	return madeBy + " for " + owner
}

// ours is what this description made, or may claim: a mark without a name is of a
// time when the description had none.
func ours(description, owner string) bool {
	return description == sign(owner) || description == madeBy
}
