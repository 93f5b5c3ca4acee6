package winport

import (
	"syscall"
	"unsafe"
)

// How to lock.
const (
	LOCK_SH = 1
	LOCK_EX = 2
	LOCK_NB = 4
	LOCK_UN = 8
)

var (
	kernel32     = syscall.NewLazyDLL("kernel32.dll")
	lockFileEx   = kernel32.NewProc("LockFileEx")
	unlockFileEx = kernel32.NewProc("UnlockFileEx")
)

// Flock locks or unlocks the file with the handle fd. It locks one byte far behind any data, so
// that, as with flock(2), reading and writing are not blocked. A lock held elsewhere gives
// syscall.EWOULDBLOCK under LOCK_NB. Unlike flock(2), locking twice does not change the kind of the
// lock.
func Flock(fd int, how int) error {
	const failImmediately, exclusive, violation = 1, 2, syscall.Errno(33)
	place := syscall.Overlapped{OffsetHigh: 0x7fffffff}
	if how&LOCK_UN != 0 {
		if r, _, err := unlockFileEx.Call(uintptr(fd), 0, 1, 0, uintptr(unsafe.Pointer(&place))); r == 0 {
			return err
		}
		return nil
	}
	var flags uintptr
	if how&LOCK_EX != 0 {
		flags |= exclusive
	}
	if how&LOCK_NB != 0 {
		flags |= failImmediately
	}
	r, _, err := lockFileEx.Call(uintptr(fd), flags, 0, 1, 0, uintptr(unsafe.Pointer(&place)))
	if r != 0 {
		return nil
	}
	if err == violation || err == syscall.ERROR_IO_PENDING {
		return syscall.EWOULDBLOCK
	}
	return err
}
