package winport

import "syscall"

// Rlimit holds a limit as Unix has it.
type Rlimit struct {
	Cur uint64
	Max uint64
}

// RLIMIT_NOFILE is the number of files that a process may have open.
const RLIMIT_NOFILE = 7

// A process can have this many handles, and nothing changes that.
const maxHandles = 1 << 24

// Getrlimit gives the number of handles that a process can have.
func Getrlimit(resource int, rlim *Rlimit) error {
	if resource != RLIMIT_NOFILE {
		return syscall.EWINDOWS
	}
	rlim.Cur, rlim.Max = maxHandles, maxHandles
	return nil
}

// Setrlimit does nothing for a limit that Windows allows anyway, and refuses a higher one.
func Setrlimit(resource int, rlim *Rlimit) error {
	if resource != RLIMIT_NOFILE {
		return syscall.EWINDOWS
	}
	if rlim.Cur > rlim.Max || rlim.Max > maxHandles {
		return syscall.EINVAL
	}
	return nil
}
