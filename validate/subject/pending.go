package subject

// Dashboard is settings of Horizon.
type Dashboard struct{}

// Clients is a clouds.yaml.
type Clients struct{}

func (l *loader) joinPython() {}

func (l *loader) clouds(string, []byte) {}
