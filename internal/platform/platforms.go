package platform

// platforms gives every platform, sorted by name.
func platforms() []Platform {
	return []Platform{debian12(), rhosp171()}
}
