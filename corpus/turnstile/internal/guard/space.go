//go:build linux

package guard

import (
	"fmt"
	"syscall"
)

// Space is the room in a file system, in bytes.
type Space struct {
	Free, Total uint64
}

// String returns it in percent.
func (s Space) String() string {
	if s.Total == 0 {
		return "no room"
	}
	return fmt.Sprintf("%d%% free", s.Free*100/s.Total)
}

// FreeSpace returns the room in the file system of dir.
func FreeSpace(dir string) (space Space, err error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return Space{}, err
	}
	unit := uint64(st.Bsize)
	return Space{Free: st.Bavail * unit, Total: st.Blocks * unit}, nil
}
