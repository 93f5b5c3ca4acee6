//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// Umask is syscall.Umask.
func Umask(mask int) int { return syscall.Umask(mask) }
