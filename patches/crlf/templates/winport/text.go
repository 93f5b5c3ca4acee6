package winport

import (
	"bytes"
	"strings"
)

// LF returns b with LF for each CRLF. A lone CR is kept.
func LF(b []byte) []byte {
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}

// LFString returns s with LF for each CRLF. A lone CR is kept.
func LFString(s string) string {
	return strings.ReplaceAll(s, "\r\n", "\n")
}
