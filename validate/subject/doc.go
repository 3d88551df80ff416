// Package subject holds what validate judges: the files of one machine or more,
// read, and answers that many rules ask for, such as which <Location> protects
// which path of Keystone's federation.
//
// Load finds out what kind of file each path is. A Site is one machine: its httpd
// trees, metadata directories, mappings, keystone.conf, dashboard settings, clients
// and descriptions. A Tree knows its Vhosts, a Vhost its Doors: the federation
// paths that sections of it open or close.
//
// It may import the rooms below validate, and never judges: what is not as it
// should be is the rules' matter, besides what the readers themselves find. What
// cannot be known (a module version, files outside of what was given) is unknown,
// not guessed.
package subject
