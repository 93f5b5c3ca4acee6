//go:build !windows

package guard

import (
	"os"
	"syscall"
)

// setUmask sets the mask of new files' modes and returns the old one.
func setUmask(mask int) int { return syscall.Umask(mask) }

// owner returns the user and group of a file.
func owner(fi os.FileInfo) (uid, gid uint32, ok bool) {
	st, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return st.Uid, st.Gid, true
}
