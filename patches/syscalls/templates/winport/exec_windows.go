package winport

import (
	"os"
	"os/exec"
	"os/signal"
)

// Exec comes as near to syscall.Exec as Windows allows, where no process becomes another program:
// it starts the program, waits for it and ends this process with its exit code. The program has
// another process id. An error means that it did not start.
func Exec(argv0 string, argv []string, envv []string) error {
	cmd := &exec.Cmd{Path: argv0, Args: argv, Env: envv, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	if err := cmd.Start(); err != nil {
		return err
	}
	signal.Ignore(os.Interrupt) // the console sends it to both; the program decides
	err := cmd.Wait()
	if cmd.ProcessState == nil {
		return err
	}
	os.Exit(cmd.ProcessState.ExitCode())
	return nil
}
