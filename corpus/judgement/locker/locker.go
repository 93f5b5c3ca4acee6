// Package locker keeps two daemons from using one directory.
package locker

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
	homedir "github.com/mitchellh/go-homedir"
)

// Locker holds a lock and a socket below a directory.
type Locker struct {
	lock   *flock.Flock
	socket string
	pid    string
}

// New makes a locker in dir, by default below the home directory.
func New(dir, name string) (*Locker, error) {
	if dir == "" {
		home, err := homedir.Dir()
		if err != nil {
			return nil, err
		}
		dir = home + "/.hauler" //@ host
	}
	l := &Locker{
		lock:   flock.New(dir + "/" + name + ".lock"), //@ host
		socket: dir + "/" + name + ".sock",            //@ host
	}
	l.pid = strings.TrimSuffix(l.socket, ".sock") + ".pid"
	return l, nil
}

// Acquire takes the lock and listens on the socket.
func (l *Locker) Acquire() (net.Listener, error) {
	ok, err := l.lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errors.New("held by " + l.holder() + "/" + strconv.Itoa(os.Getppid())) //@ text
	}
	if err := os.MkdirAll(path.Dir(l.socket), 0o700); err != nil { //@ host
		return nil, err
	}
	if err := os.WriteFile(l.pid, []byte(strconv.Itoa(os.Getpid())), 0o644); err != nil {
		return nil, err
	}
	return net.Listen("unix", l.socket)
}

func (l *Locker) holder() string {
	data, err := os.ReadFile(l.pid)
	if err != nil {
		return "unknown"
	}
	status := "/proc/" + strings.TrimSpace(string(data)) + "/cmdline" //@ host
	cmdline, err := os.ReadFile(status)
	if err != nil {
		return string(data)
	}
	return path.Base(strings.TrimRight(string(cmdline), "\x00")) //@ host
}

// Address returns the socket as other programs are told of it.
func (l *Locker) Address() string {
	u := url.URL{Scheme: "unix", Path: l.socket}
	return u.String()
}

// Dial connects to the holder at an address from Address or to a path.
func Dial(address string) (net.Conn, error) {
	if p := strings.TrimPrefix(address, "unix://"); p != address {
		return net.Dial("unix", p)
	}
	if strings.HasPrefix(address, "/") { //@ host
		return net.Dial("unix", address)
	}
	return net.Dial("tcp", address)
}

// Stale lists the sockets in dir that nobody listens on.
func Stale(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var stale []string
	for _, e := range entries {
		name := fmt.Sprintf("%s/%s", dir, e.Name()) //@ host
		if path.Ext(name) != ".sock" {              //@ host
			continue
		}
		if c, err := net.Dial("unix", name); err != nil {
			stale = append(stale, name)
		} else {
			c.Close()
		}
	}
	return stale, nil
}
