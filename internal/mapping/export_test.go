package mapping

// Parse is parse, for the tests.
var Parse = parse
