//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// NewGroup returns attributes that give a new process a group of its own.
func NewGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// NewSession returns attributes that give a new process a session of its own.
func NewSession() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// SetGroup adds to attr that the new process has a group of its own.
func SetGroup(attr *syscall.SysProcAttr) { attr.Setpgid = true }

// SetSession adds to attr that the new process has a session of its own.
func SetSession(attr *syscall.SysProcAttr) { attr.Setsid = true }
