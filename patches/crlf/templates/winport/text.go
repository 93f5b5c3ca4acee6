package winport

import "strings"

// LFString returns s with LF for each CRLF. A lone CR is kept.
func LFString(s string) string {
	return strings.ReplaceAll(s, "\r\n", "\n")
}
