package engine

// SchemaMessages gives the texts by which Check sorts: jsonschema's own.
func SchemaMessages(doc *Document, o Options) ([]string, error) {
	r, err := o.settle(doc)
	if err != nil {
		return nil, err
	}
	v := validation{rules: r}
	v.validate(object(doc), r.mappingShape(), path{}, path{})
	v.sort()
	var texts []string
	for _, bad := range v.found {
		texts = append(texts, bad.message)
	}
	return texts, nil
}
