//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// Exec is syscall.Exec.
func Exec(argv0 string, argv []string, envv []string) error {
	return syscall.Exec(argv0, argv, envv)
}
