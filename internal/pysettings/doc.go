// Package pysettings reads the settings of a Python file, such as Horizon's
// local_settings.py and the snippets of local_settings.d, without running it.
//
// What it calls decided is what Python (3.9 to 3.13) has under that name when the
// files have been executed to their ends; whatever only running them can tell is
// undecided, with the reason, and never guessed. It takes for granted that
// imported code does not reach back into the names of the file. Every value knows
// its place in the text, and so do the parts of tuples, lists, sets and dicts.
//
// The package may import internal/finding and internal/python. It never panics on
// an input, takes time and memory linear in it, and keeps no state: a File or a
// Config may be used by many goroutines at once. The tests put the same files to
// the real programs.
package pysettings
