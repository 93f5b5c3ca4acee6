package winport

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// Kill does what Windows has of syscall.Kill: signal 0 asks whether the process lives, SIGKILL and
// SIGTERM end it at once, SIGINT sends CTRL_BREAK to its group. Other signals are refused.
func Kill(pid int, sig syscall.Signal) error {
	if pid <= 0 {
		return syscall.EWINDOWS
	}
	switch sig {
	case 0:
		return alive(pid)
	case syscall.SIGKILL, syscall.SIGTERM:
		p, err := os.FindProcess(pid)
		if err != nil {
			return syscall.ESRCH
		}
		defer p.Release()
		return p.Kill()
	case syscall.SIGINT:
		generate := syscall.NewLazyDLL("kernel32.dll").NewProc("GenerateConsoleCtrlEvent")
		if r, _, err := generate.Call(syscall.CTRL_BREAK_EVENT, uintptr(pid)); r == 0 {
			return err
		}
		return nil
	}
	return syscall.EWINDOWS
}

// KillGroup ends the process pgid and all of its children; SIGINT only interrupts its group.
func KillGroup(pgid int, sig syscall.Signal) error {
	if sig != syscall.SIGKILL && sig != syscall.SIGTERM {
		return Kill(pgid, sig)
	}
	if exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(pgid)).Run() == nil {
		return nil
	}
	return Kill(pgid, syscall.SIGKILL)
}

func alive(pid int) error {
	const queryLimitedInformation, stillActive = 0x1000, 259
	h, err := syscall.OpenProcess(queryLimitedInformation, false, uint32(pid))
	if err == syscall.ERROR_ACCESS_DENIED {
		return syscall.EPERM
	}
	if err != nil {
		return syscall.ESRCH
	}
	defer syscall.CloseHandle(h)
	var code uint32
	if err := syscall.GetExitCodeProcess(h, &code); err != nil {
		return err
	}
	if code != stillActive {
		return syscall.ESRCH
	}
	return nil
}
