// Package pidfile tells other programs which process serves.
package pidfile

import (
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
)

// ErrNone is returned by Read when no process has written the file.
var ErrNone = errors.New("no pid file")

// Write notes this process as name in dir, replacing what an earlier one left there.
func Write(dir, name string) error {
	file := path.Join(dir, name+".pid")
	tmp := file + ".new"
	if err := os.WriteFile(tmp, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, file)
}

// Read returns the process noted as name in dir.
func Read(dir, name string) (int, error) {
	data, err := os.ReadFile(path.Join(dir, name+".pid"))
	if os.IsNotExist(err) {
		return 0, ErrNone
	}
	if err != nil {
		return 0, err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil || pid <= 0 {
		return 0, fmt.Errorf("%s.pid: not a process: %q", name, data)
	}
	return pid, nil
}

// Remove takes the file away again, unless another process has written it since.
func Remove(dir, name string) error {
	pid, err := Read(dir, name)
	if err != nil || pid != os.Getpid() {
		return err
	}
	return os.Remove(dir + "/" + name + ".pid")
}
