package winport

import "syscall"

const detachedProcess = 0x8

// NewGroup returns attributes that give a new process a console group of its own.
func NewGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// NewSession returns attributes that detach a new process from the console.
func NewSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP | detachedProcess}
}

// SetGroup adds to attr that the new process has a console group of its own.
func SetGroup(attr *syscall.SysProcAttr) {
	attr.CreationFlags |= syscall.CREATE_NEW_PROCESS_GROUP
}

// SetSession adds to attr that the new process is detached from the console.
func SetSession(attr *syscall.SysProcAttr) {
	attr.CreationFlags |= syscall.CREATE_NEW_PROCESS_GROUP | detachedProcess
}
