// Package rotate writes a log file that is set aside when it has grown too large.
package rotate

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"
)

// stampLayout has no colons: it becomes part of a file name.
const stampLayout = "20060102T150405.000"

// Writer is an io.Writer over <dir>/<name>.log; older parts lie beside it as <name>-<time>.log.
type Writer struct {
	dir, name string
	max       int64
	keep      int
	now       func() time.Time

	mu   sync.Mutex
	file *os.File
	size int64
}

// Open opens the log, removing parts beyond the newest keep.
func Open(dir, name string, max int64, keep int) (*Writer, error) {
	w := &Writer{dir: dir, name: name, max: max, keep: keep, now: time.Now}
	if err := w.open(); err != nil {
		return nil, err
	}
	if err := w.prune(); err != nil {
		w.file.Close()
		return nil, err
	}
	return w, nil
}

// Write appends p, in a new file if the present one would become too large.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.size > 0 && w.size+int64(len(p)) > w.max {
		if err := w.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := w.file.Write(p)
	w.size += int64(n)
	return n, err
}

// Rotate sets the present file aside and starts a new one.
func (w *Writer) Rotate() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rotate()
}

// Close closes the log.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.file.Close()
}

// Names lists the files of the log, oldest first, the present one last.
func (w *Writer) Names() ([]string, error) {
	matches, err := filepath.Glob(w.dir + "/" + w.name + "-*.log")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range matches {
		names = append(names, path.Base(m))
	}
	sort.Strings(names)
	return append(names, w.name+".log"), nil
}

func (w *Writer) open() error {
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(w.dir+"/"+w.name+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	fi, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	w.file, w.size = f, fi.Size()
	return nil
}

func (w *Writer) rotate() error {
	if err := w.file.Close(); err != nil {
		return err
	}
	current := w.dir + "/" + w.name + ".log"
	aside := fmt.Sprintf("%s/%s-%s.log", w.dir, w.name, w.now().UTC().Format(stampLayout))
	if err := os.Rename(current, aside); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := w.open(); err != nil {
		return err
	}
	return w.prune()
}

// prune removes all but the newest keep parts. Files that only look like parts are left alone.
func (w *Writer) prune() error {
	matches, err := filepath.Glob(w.dir + "/" + w.name + "-*.log")
	if err != nil {
		return err
	}
	var parts []string
	for _, m := range matches {
		stamp := strings.TrimPrefix(path.Base(m), w.name+"-")
		if _, err := time.Parse(stampLayout+".log", stamp); err == nil {
			parts = append(parts, m)
		}
	}
	sort.Strings(parts)
	for len(parts) > w.keep {
		if err := os.Remove(parts[0]); err != nil {
			return err
		}
		parts = parts[1:]
	}
	return nil
}
