package winport

import (
	"io/fs"
	"runtime"
)

// TooOpen reports whether m has any of the bits in mask, where such bits protect files. On Windows
// they do not: access control lists do.
func TooOpen(m, mask fs.FileMode) bool {
	return runtime.GOOS != "windows" && m.Perm()&mask != 0
}
