//go:build darwin || dragonfly || freebsd || linux

package winport

import "syscall"

// Statfs_t is syscall.Statfs_t.
type Statfs_t = syscall.Statfs_t

// Statfs is syscall.Statfs.
func Statfs(path string, buf *Statfs_t) error { return syscall.Statfs(path, buf) }
