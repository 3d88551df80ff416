// Package clouds reads clouds.yaml as openstacksdk does (openstack/config/loader.py),
// as far as it says how a client logs in, with the place of every value.
//
// The texts of secrets are not kept. Files are not merged: neither with secure.yaml
// and clouds-public.yaml, nor with the profiles of vendors.
//
// The package may import internal/finding. It takes time and memory linear in its
// input and keeps no state. The tests put the same files to the real program.
package clouds
