package finding

import (
	"cmp"
	"fmt"
	"strings"
)

// sarifPlace gives the file and the region of a range.
func sarifPlace(at Range) sarifPhysical {
	return sarifPhysical{Artifact: sarifArtifact{uriOf(at.Path)}, Region: textRegion(at)}
}

// textRegion gives a range in lines and columns. A whole file is the point before
// its first character: a result without a line is one that GitHub cannot place.
func textRegion(at Range) sarifRegion {
	if !at.Start.Known() {
		return sarifRegion{StartLine: 1, StartColumn: 1, EndLine: 1, EndColumn: 1}
	}
	out := sarifRegion{StartLine: at.Start.Line, StartColumn: max(1, at.Start.Column)}
	if at.End.Known() {
		out.EndLine, out.EndColumn = at.End.Line, max(1, at.End.Column)
	}
	return out
}

// editRegion gives the region that an edit replaces: bytes where lines are not
// known.
func editRegion(at Range) sarifRegion {
	if at.Start.Known() && at.End.Known() {
		return textRegion(at)
	}
	from, length := at.Start.Byte, at.End.Byte-at.Start.Byte
	return sarifRegion{ByteOffset: &from, ByteLength: &length}
}

// uriOf gives the URI reference of a path (RFC 3986): a file URI of an absolute
// one, a relative reference else. What has no name is called as in texts, since
// GitHub takes no result without a place.
func uriOf(name string) string {
	var b strings.Builder
	name = cmp.Or(cleaned(name), "<input>")
	if strings.HasPrefix(name, "/") {
		b.WriteString("file://")
	}
	for i := range len(name) {
		if c := name[i]; unreserved(c) || c == '/' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// unreserved reports a character that needs no encoding (RFC 3986, section 2.3).
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
