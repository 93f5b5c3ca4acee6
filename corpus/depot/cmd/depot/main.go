// Command depot keeps release artifacts on a disk and serves them over HTTP.
package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"example.com/depot/internal/config"
	"example.com/depot/internal/hostinfo"
	"example.com/depot/internal/pidfile"
	"example.com/depot/internal/web"
)

var version = "devel"

const usage = `usage: depot COMMAND [-config DIR]

  serve     run the service until SIGTERM; SIGHUP reads the configuration again
  check     read the configuration and say what it means
  ping      ask the running service whether it is well
  pid       print the process of the running service
  version   print version and platform

DIR holds depot.yaml and .env files; a blob is a file dir + "/" + bucket + "/" + name below state_dir.
`

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return 2
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(stderr)
	dir := flags.String("config", "conf", "directory of the configuration")
	if err := flags.Parse(args[1:]); err != nil {
		return 2
	}
	var err error
	switch args[0] {
	case "serve":
		err = serve(*dir, stderr)
	case "check":
		err = check(*dir, stdout)
	case "ping":
		err = ping(*dir, stdout)
	case "pid":
		err = pid(*dir, stdout)
	case "version":
		fmt.Fprintln(stdout, hostinfo.UserAgent(version))
	default:
		fmt.Fprint(stderr, usage)
		return 2
	}
	if err != nil {
		fmt.Fprintf(stderr, "depot %s: %v\n", args[0], err)
		return 1
	}
	return 0
}

func load(dir string) (*config.Config, error) {
	base, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return config.Load(dir, base)
}

func check(dir string, w io.Writer) error {
	cfg, err := load(dir)
	if err != nil {
		return err
	}
	assets, err := web.Assets()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "listen  %s\nstate   %s\nrun     %s\nlog     %s (%d parts)\nassets  %s\n",
		cfg.Listen, cfg.StateDir, cfg.RunDir, cfg.Log.Dir, cfg.Log.Keep, strings.Join(assets, " "))
	return nil
}

func pid(dir string, w io.Writer) error {
	cfg, err := load(dir)
	if err != nil {
		return err
	}
	n, err := pidfile.Read(cfg.RunDir, "depot")
	if err != nil {
		return err
	}
	fmt.Fprintln(w, n)
	return nil
}

// ping speaks HTTP/1.0 by hand: it has to work where nothing but a socket does.
func ping(dir string, w io.Writer) error {
	cfg, err := load(dir)
	if err != nil {
		return err
	}
	conn, err := net.DialTimeout("tcp", cfg.Listen, 5*time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /-/healthy HTTP/1.0\r\nHost: "+cfg.Listen+"\r\n\r\n"); err != nil {
		return err
	}
	reply, err := io.ReadAll(conn)
	if err != nil {
		return err
	}
	head, body, ok := strings.Cut(string(reply), "\r\n\r\n")
	if !ok || !strings.HasPrefix(head, "HTTP/1.0 200 ") {
		return fmt.Errorf("%s answered %q", cfg.Listen, reply)
	}
	fmt.Fprint(w, body)
	return nil
}
