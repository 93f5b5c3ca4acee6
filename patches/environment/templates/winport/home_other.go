//go:build !windows

package winport

import "os"

// Home is the variable HOME.
func Home() string { return os.Getenv("HOME") }
