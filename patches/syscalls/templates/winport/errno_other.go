//go:build !windows

package winport

import (
	"errors"
	"syscall"
)

// IsErrno is errors.Is.
func IsErrno(err error, target syscall.Errno) bool { return errors.Is(err, target) }
