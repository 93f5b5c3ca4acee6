// Package jobs runs functions over the files of a spool directory.
package jobs

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// Source finds files.
type Source interface {
	// Files returns the paths of the files that wait.
	Files() ([]string, error)
	// Done sets a file aside.
	Done(file string) error
}

// Spool is the only Source.
type Spool struct {
	dir string
}

var spoolRoot = "/var/spool/hauler" //@ host

// NewSpool opens the spool of a queue.
func NewSpool(queue string) *Spool {
	return &Spool{dir: spoolRoot + "/" + queue} //@ host
}

// Files implements Source.
func (s *Spool) Files() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() {
			files = append(files, s.dir+"/"+e.Name()) //@ host
		}
	}
	sort.Strings(files)
	return files, nil
}

// Done implements Source.
func (s *Spool) Done(file string) error {
	return os.Rename(file, path.Join(s.dir, "done", path.Base(file))) //@ host path.Join(s.dir, "done", path.Base(file))
}

// Runner works on what a source delivers.
type Runner struct {
	Source Source
	Work   func(ctx context.Context, in, out string) error
	outDir string
}

// Map applies f to all elements.
func Map[T, U any](in []T, f func(T) U) []U {
	var out []U
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}

// Run works on everything that waits, several files at a time.
func (r *Runner) Run(ctx context.Context) error {
	files, err := r.Source.Files()
	if err != nil {
		return err
	}
	outputs := Map(files, func(in string) string {
		return r.outDir + "/" + path.Base(in) //@ host r.outDir + "/" + path.Base(in)
	})
	var wg sync.WaitGroup
	errs := make(chan error, len(files))
	for i, in := range files {
		i, in := i, in
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := r.Work(ctx, in, outputs[i]); err != nil {
				errs <- fmt.Errorf("job %d/%d: %w", i+1, len(files), err) //@ text
				return
			}
			errs <- r.Source.Done(in)
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Copy is a Work function: it copies the file.
func Copy(ctx context.Context, in, out string) error {
	data, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	lock := path.Dir(out) + "/.lock" //@ host
	defer os.Remove(lock)
	if err := os.WriteFile(lock, nil, 0o600); err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}

// Default returns a runner that copies, and a function that removes old results.
func Default(queue, outDir string) (*Runner, func(keep string) error) {
	r := &Runner{Source: NewSpool(queue), Work: Copy, outDir: outDir}
	clean := func(keep string) error {
		old, err := filepath.Glob(outDir + "/*") //@ host
		if err != nil {
			return err
		}
		for _, f := range old {
			if strings.HasSuffix(f, "/"+keep) { //@ host
				continue
			}
			if err := os.Remove(f); err != nil {
				return err
			}
		}
		return nil
	}
	return r, clean
}

// Report describes the state of several queues.
func Report(dirs ...string) (lines []string, err error) {
	for _, d := range dirs {
		var n []os.DirEntry
		if n, err = os.ReadDir(d + "/" + "new"); err != nil { //@ host
			return
		}
		lines = append(lines, fmt.Sprintf("%s/%d", d, len(n))) //@ text
	}
	return
}

// All reports on the queues below the root.
func All() ([]string, error) {
	return Report(spoolRoot+"/mail", spoolRoot+"/print") //@ host spoolRoot+"/mail"
}
