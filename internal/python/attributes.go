package python

// The names that dir() gives, sorted. They are those of Python 3.9 to 3.13, but
// for object.__getstate__, which is there since 3.11.

// objectAttributes are what every object has.
var objectAttributes = []string{
	"__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__",
	"__gt__", "__hash__", "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__",
	"__reduce__", "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__", "__str__", "__subclasshook__",
}

// strAttributes are what a str has besides.
var strAttributes = []string{
	"__add__", "__contains__", "__getitem__", "__getnewargs__", "__iter__", "__len__", "__mod__", "__mul__",
	"__rmod__", "__rmul__", "capitalize", "casefold", "center", "count", "encode", "endswith",
	"expandtabs", "find", "format", "format_map", "index", "isalnum", "isalpha", "isascii",
	"isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle",
	"isupper", "join", "ljust", "lower", "lstrip", "maketrans", "partition", "removeprefix",
	"removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip",
	"split", "splitlines", "startswith", "strip", "swapcase", "title", "translate", "upper",
	"zfill",
}

// listAttributes are what a list has besides.
var listAttributes = []string{
	"__add__", "__class_getitem__", "__contains__", "__delitem__", "__getitem__", "__iadd__", "__imul__", "__iter__",
	"__len__", "__mul__", "__reversed__", "__rmul__", "__setitem__", "append", "clear", "copy",
	"count", "extend", "index", "insert", "pop", "remove", "reverse", "sort",
}
