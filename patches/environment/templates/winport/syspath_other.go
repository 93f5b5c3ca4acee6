//go:build !windows

package winport

// SysPath is p: only Windows has other places.
func SysPath(p string) string { return p }
