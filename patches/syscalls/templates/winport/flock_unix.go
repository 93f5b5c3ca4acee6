//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package winport

import "syscall"

// How to lock.
const (
	LOCK_SH = syscall.LOCK_SH
	LOCK_EX = syscall.LOCK_EX
	LOCK_NB = syscall.LOCK_NB
	LOCK_UN = syscall.LOCK_UN
)

// Flock is syscall.Flock.
func Flock(fd int, how int) error { return syscall.Flock(fd, how) }
