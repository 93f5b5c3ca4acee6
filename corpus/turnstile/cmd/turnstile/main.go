// Command turnstile runs jobs one at a time.
//
//	turnstile DIR run COMMAND [ARG...]
//	turnstile DIR last
//	turnstile DIR report
package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"

	"example.com/turnstile/internal/guard"
	"example.com/turnstile/internal/ledger"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "turnstile:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("usage: turnstile DIR run|last|report ...")
	}
	dir := args[0]
	switch args[1] {
	case "run":
		if len(args) < 3 {
			return fmt.Errorf("run what?")
		}
		err := guard.Pass(dir, 1<<20, func() error {
			cmd := exec.Command(args[2], args[3:]...)
			cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
			return cmd.Run()
		})
		if lerr := ledger.Add(dir, args[2], time.Now(), err); lerr != nil {
			return lerr
		}
		return err
	case "last":
		lines, err := ledger.Last(dir, 10)
		for _, l := range lines {
			fmt.Println(l)
		}
		return err
	case "report":
		text, err := guard.Report(dir)
		fmt.Println(text)
		return err
	}
	return fmt.Errorf("unknown command %s", args[1])
}
