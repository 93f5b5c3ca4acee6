//go:build !windows && !plan9 && !js && !wasip1

package winport

import "syscall"

// Signals that Windows lacks.
const (
	SIGUSR1  = syscall.SIGUSR1
	SIGUSR2  = syscall.SIGUSR2
	SIGCHLD  = syscall.SIGCHLD
	SIGCONT  = syscall.SIGCONT
	SIGSTOP  = syscall.SIGSTOP
	SIGTSTP  = syscall.SIGTSTP
	SIGTTIN  = syscall.SIGTTIN
	SIGTTOU  = syscall.SIGTTOU
	SIGURG   = syscall.SIGURG
	SIGWINCH = syscall.SIGWINCH
	SIGIO    = syscall.SIGIO
)
