package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// service is a running depot.
type service struct {
	cmd    *exec.Cmd
	url    string
	output bytes.Buffer
	ended  chan error
}

// start runs command in dir and waits until it answers at addr.
func start(dir, addr string, command []string) (*service, error) {
	s := &service{url: "http://" + addr, ended: make(chan error, 1)}
	s.cmd = exec.Command(command[0], append(command[1:], "serve", "-config", "conf")...)
	s.cmd.Dir = dir
	s.cmd.Stdout, s.cmd.Stderr = &s.output, &s.output
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { s.ended <- s.cmd.Wait() }()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if code, body := s.do("GET", "/-/healthy", nil); code == http.StatusOK && body == "ok\n" {
			return s, nil
		}
		select {
		case err := <-s.ended:
			return nil, fmt.Errorf("depot ended before it answered: %v\n%s", err, s.output.Bytes())
		default:
		}
	}
	s.kill()
	return nil, fmt.Errorf("depot did not answer within a minute\n%s", s.output.Bytes())
}

// stop asks depot to end and returns how it did.
func (s *service) stop() error {
	s.do("POST", "/-/quit", nil)
	select {
	case err := <-s.ended:
		if err != nil {
			return fmt.Errorf("%v\n%s", err, s.output.Bytes())
		}
		return nil
	case <-time.After(60 * time.Second):
		s.kill()
		return fmt.Errorf("depot did not end within a minute\n%s", s.output.Bytes())
	}
}

// kill ends depot's process group and waits for it.
func (s *service) kill() {
	syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	<-s.ended
}

// do makes one request without following redirects. Code 0 means that there was no answer.
func (s *service) do(method, path string, body io.Reader) (int, string) {
	req, err := http.NewRequest(method, s.url+path, body)
	if err != nil {
		return 0, err.Error()
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	if to := resp.Header.Get("Location"); to != "" {
		return resp.StatusCode, to
	}
	return resp.StatusCode, string(data)
}

// freeAddress returns an address that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// exists tells whether there is something at name.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
