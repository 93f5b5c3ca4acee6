package winport

import "bytes"

// LF returns b with LF for each CRLF. A lone CR is kept.
func LF(b []byte) []byte {
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}
