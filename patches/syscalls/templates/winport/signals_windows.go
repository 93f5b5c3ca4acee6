package winport

import "syscall"

// Signals that Windows never delivers; the numbers differ from those of package syscall.
const (
	SIGUSR1  = syscall.Signal(10)
	SIGUSR2  = syscall.Signal(12)
	SIGCHLD  = syscall.Signal(17)
	SIGCONT  = syscall.Signal(18)
	SIGSTOP  = syscall.Signal(19)
	SIGTSTP  = syscall.Signal(20)
	SIGTTIN  = syscall.Signal(21)
	SIGTTOU  = syscall.Signal(22)
	SIGURG   = syscall.Signal(23)
	SIGWINCH = syscall.Signal(28)
	SIGIO    = syscall.Signal(29)
)
