//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// Kill is syscall.Kill.
func Kill(pid int, sig syscall.Signal) error { return syscall.Kill(pid, sig) }

// KillGroup sends sig to the process group pgid.
func KillGroup(pgid int, sig syscall.Signal) error { return syscall.Kill(-pgid, sig) }
