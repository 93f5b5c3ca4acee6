//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// Rlimit is syscall.Rlimit.
type Rlimit = syscall.Rlimit

// RLIMIT_NOFILE is the number of files that a process may have open.
const RLIMIT_NOFILE = syscall.RLIMIT_NOFILE

// Getrlimit is syscall.Getrlimit.
func Getrlimit(resource int, rlim *Rlimit) error { return syscall.Getrlimit(resource, rlim) }

// Setrlimit is syscall.Setrlimit.
func Setrlimit(resource int, rlim *Rlimit) error { return syscall.Setrlimit(resource, rlim) }
