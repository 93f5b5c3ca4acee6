//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// Stat_t is syscall.Stat_t: what fs.FileInfo.Sys returns.
type Stat_t = syscall.Stat_t
