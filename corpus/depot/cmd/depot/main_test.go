package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// chdir makes an empty directory with a conf/depot.yaml the working directory.
func chdir(t *testing.T, yaml string) {
	t.Helper()
	old, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/conf", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/conf/depot.yaml", []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chdir(old) })
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"dance"}, {"check", "-x"}} {
		var out, errs bytes.Buffer
		if code := run(args, &out, &errs); code != 2 || errs.Len() == 0 {
			t.Errorf("run(%q) = %d, %q", args, code, errs.String())
		}
	}
}

func TestCheck(t *testing.T) {
	chdir(t, "log:\n  keep: 3\n")
	var out, errs bytes.Buffer
	if code := run([]string{"check"}, &out, &errs); code != 0 {
		t.Fatalf("check: %s", errs.String())
	}
	if !strings.Contains(out.String(), "logs (3 parts)\nassets  static/app.js") {
		t.Errorf("check says %s", out.String())
	}
}

func TestServe(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	chdir(t, "listen: "+addr+"\nlifecycle: true\n")
	done := make(chan int)
	var log bytes.Buffer
	go func() { done <- run([]string{"serve"}, &log, &log) }()
	var out, errs bytes.Buffer
	for i := 0; i < 100 && out.Len() == 0; i++ {
		time.Sleep(20 * time.Millisecond)
		run([]string{"ping"}, &out, &errs)
	}
	if out.String() != "ok\n" {
		t.Fatalf("ping: %s", errs.String())
	}
	out.Reset()
	if code := run([]string{"pid"}, &out, &errs); code != 0 || out.Len() < 2 {
		t.Errorf("pid: %q, %s", out.String(), errs.String())
	}
	for _, what := range []string{"reload", "rotate", "quit"} {
		resp, err := http.Post("http://"+addr+"/-/"+what, "text/plain", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNoContent {
			t.Errorf("%s: %s", what, resp.Status)
		}
	}
	if code := <-done; code != 0 {
		t.Errorf("serve ended with %d: %s", code, log.String())
	}
	if _, err := os.Stat("run/depot.pid"); !os.IsNotExist(err) {
		t.Errorf("the pid file stayed: %v", err)
	}
}
