package templates

import (
	"bytes"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// deployFile is a file for those who deploy, without secrets.
func deployFile(path string, text []byte, readBack proof) File {
	return File{Path: path, Kind: Deploy, Mode: 0o644, Owner: "root", Group: "root", Content: text, readBack: readBack}
}

// fixedFile is one that is the same for everybody: no value is in it.
func fixedFile(path string, text []byte) File {
	return deployFile(path, text, func(got []byte) error {
		if !bytes.Equal(got, text) {
			return errOtherMeaning
		}
		return nil
	})
}

// yamlFile is a file that holds one Go value, below a comment. The encoder writes
// every value as itself.
func yamlFile[T any](path, comment string, value T) (File, error) {
	var b bytes.Buffer
	b.WriteString(comment)
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(value); err != nil {
		return File{}, err
	}
	return deployFile(path, b.Bytes(), yamlReadsAs(value)), e.Close()
}

// yamlReadsAs is the proof of a YAML text that holds one Go value.
func yamlReadsAs[T any](want T) proof {
	return func(text []byte) error {
		var got T
		d := yaml.NewDecoder(bytes.NewReader(text))
		d.KnownFields(true)
		if err := d.Decode(&got); err != nil {
			return errOtherMeaning // the reader's words may quote the text
		}
		if !reflect.DeepEqual(got, want) {
			return errOtherMeaning
		}
		return nil
	}
}

// replaceOnce takes one known text out.
func replaceOnce(text, known string) string { return strings.Replace(text, known, "", 1) }
