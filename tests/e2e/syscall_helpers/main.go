// Command helpers tries every function of the helper package and prints one line for each:
// "name: true" if it did what it must on this system.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"example.test/helpers/internal/winport"
)

const windows = runtime.GOOS == "windows"

func say(name string, ok bool) { fmt.Printf("%s: %t\n", name, ok) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	switch arg := append(os.Args, "")[1]; arg {
	case "sleep":
		time.Sleep(time.Minute)
	case "seven":
		os.Exit(7)
	case "exec":
		must(winport.Exec(os.Args[0], []string{os.Args[0], "seven"}, os.Environ()))
	default:
		dir, err := os.MkdirTemp("", "helpers")
		must(err)
		defer os.RemoveAll(dir)
		processes()
		locks(filepath.Join(dir, "lock"))
		errnos(dir)
		resources(dir)
		logs()
	}
}

func child(attr *syscall.SysProcAttr, arg string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], arg)
	cmd.SysProcAttr = attr
	must(cmd.Start())
	return cmd
}

func processes() {
	say("Kill 0 of a process that lives", winport.Kill(os.Getpid(), 0) == nil)
	say("Kill 0 of none", winport.Kill(1<<22-3, 0) == syscall.ESRCH)
	cmd := child(nil, "sleep")
	say("Kill", winport.Kill(cmd.Process.Pid, syscall.SIGKILL) == nil && cmd.Wait() != nil)
	say("Kill 0 of one that is gone", winport.Kill(cmd.Process.Pid, 0) == syscall.ESRCH)
	cmd = child(winport.NewGroup(), "sleep")
	say("KillGroup", winport.KillGroup(cmd.Process.Pid, syscall.SIGKILL) == nil && cmd.Wait() != nil)
	cmd = child(winport.NewSession(), "seven")
	cmd.Wait()
	say("NewSession", cmd.ProcessState.ExitCode() == 7)
	attr := &syscall.SysProcAttr{}
	winport.SetGroup(attr)
	cmd = child(attr, "exec")
	cmd.Wait()
	say("Exec", cmd.ProcessState.ExitCode() == 7)
	say("Exec of nothing", winport.Exec("no such program", []string{"x"}, nil) != nil)
	old := winport.Umask(0o77)
	say("Umask", winport.Umask(old) == 0o77 || windows)
	seen := map[syscall.Signal]bool{syscall.SIGINT: true, syscall.SIGTERM: true, syscall.SIGHUP: true}
	distinct := true
	for _, s := range []syscall.Signal{winport.SIGUSR1, winport.SIGUSR2, winport.SIGCHLD, winport.SIGCONT,
		winport.SIGSTOP, winport.SIGTSTP, winport.SIGTTIN, winport.SIGTTOU, winport.SIGURG, winport.SIGWINCH} {
		distinct = distinct && !seen[s]
		seen[s] = true
	}
	say("signals differ", distinct)
}

func locks(name string) {
	one, err := os.Create(name)
	must(err)
	defer one.Close()
	two, err := os.OpenFile(name, os.O_RDWR, 0)
	must(err)
	defer two.Close()
	say("Flock", winport.Flock(int(one.Fd()), winport.LOCK_EX) == nil)
	err = winport.Flock(int(two.Fd()), winport.LOCK_EX|winport.LOCK_NB)
	say("Flock of what is locked", err == syscall.EWOULDBLOCK)
	_, err = two.WriteString("data")
	say("a lock does not hinder writing", err == nil)
	say("Flock LOCK_UN", winport.Flock(int(one.Fd()), winport.LOCK_UN) == nil)
	say("Flock LOCK_SH", winport.Flock(int(two.Fd()), winport.LOCK_SH|winport.LOCK_NB) == nil)
	say("Flock LOCK_SH twice", winport.Flock(int(one.Fd()), winport.LOCK_SH|winport.LOCK_NB) == nil)
}

func errnos(dir string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	address := listener.Addr().String()
	_, err = net.Listen("tcp", address)
	say("EADDRINUSE", winport.IsErrno(err, syscall.EADDRINUSE))
	listener.Close()
	_, err = net.Dial("tcp", address)
	say("ECONNREFUSED", winport.IsErrno(err, syscall.ECONNREFUSED))
	say("ECONNREFUSED by errors.Is alone", errors.Is(err, syscall.ECONNREFUSED) != windows)
	say("ECONNREFUSED is not EPIPE", !winport.IsErrno(err, syscall.EPIPE))
	say("EEXIST", winport.IsErrno(os.Mkdir(dir, 0o700), syscall.EEXIST))
	say("ENOTEMPTY", winport.IsErrno(syscall.Rmdir(dir), syscall.ENOTEMPTY))
	_, err = os.Open(filepath.Join(dir, "missing", "file"))
	say("ENOENT", winport.IsErrno(err, syscall.ENOENT) && errors.Is(err, os.ErrNotExist))
	say("nil", !winport.IsErrno(nil, syscall.EAGAIN))
}

// Whether anybody listens on Linux is the machine's business.
func logs() {
	w, err := winport.NewSyslog(winport.LOG_NOTICE|winport.LOG_DAEMON, "helpers")
	say("NewSyslog", (err == nil) == (w != nil) && !(windows && err == nil))
	_, err = winport.DialSyslog("udp", "127.0.0.1:9", winport.LOG_INFO, "helpers")
	say("DialSyslog", windows == (err != nil))
	say("LOG_*", winport.LOG_DEBUG == 7 && winport.LOG_FTP == 11<<3 && winport.LOG_LOCAL7 == 23<<3)
	if windows {
		say("SyslogWriter", w.Close() != nil && w.Info("x") != nil)
	}
}

func resources(dir string) {
	var limit winport.Rlimit
	say("Getrlimit", winport.Getrlimit(winport.RLIMIT_NOFILE, &limit) == nil && limit.Max > 0)
	say("Setrlimit", winport.Setrlimit(winport.RLIMIT_NOFILE, &limit) == nil)
	limit = winport.Rlimit{Cur: 2, Max: 1}
	say("Setrlimit of too much", winport.Setrlimit(winport.RLIMIT_NOFILE, &limit) == syscall.EINVAL)
	var volume winport.Statfs_t
	say("Statfs", winport.Statfs(dir, &volume) == nil && volume.Bsize > 0 && volume.Blocks > 0 &&
		uint64(volume.Bavail) <= volume.Blocks)
	say("Statfs of nothing", winport.Statfs(filepath.Join(dir, "none"), &volume) != nil)
	info, err := os.Stat(dir)
	must(err)
	_, ok := info.Sys().(*winport.Stat_t)
	say("Stat_t", ok != windows)
}
