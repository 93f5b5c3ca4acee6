// Package extra has ten things that go wrong on Windows, and ten that look like them.
package extra

import (
	"archive/zip"
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

//go:embed *.go
var extraFiles embed.FS

// Work does a little of everything.
func Work(dir, name string, r *http.Request, z *zip.Writer) error {
	data, err := os.ReadFile(dir + "/" + name) // defect
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	page := r.URL.Path + "/" + name             // fine
	if strings.HasPrefix(r.URL.Path, "/api/") { // fine
		page = path.Join(r.URL.Path, "v1") // fine
	}
	backup := fmt.Sprintf("%s/%s.bak", dir, name) // defect
	if err := os.WriteFile(backup, data, 0o644); err != nil {
		return err
	}
	link := fmt.Sprintf("https://%s/%s", r.Host, page)     // fine
	cache, err := os.Create(path.Join(os.TempDir(), name)) // defect
	if err != nil {
		return err
	}
	defer cache.Close()
	readme, err := extraFiles.ReadFile("data" + "/" + name) // fine
	if err != nil {
		return err
	}
	entry, err := z.Create("backup/" + name) // fine
	if err != nil {
		return err
	}
	if _, err := entry.Write(readme); err != nil {
		return err
	}
	if base := backup[strings.LastIndex(backup, "/")+1:]; base == "" { // defect
		return errors.New("empty")
	}
	u, _ := url.Parse(link)
	u.Path = u.Path + "/" + "latest"                         // fine
	for _, line := range strings.Split(string(data), "\n") { // defect
		if line == "stop" {
			break
		}
	}
	fields := strings.Split("a\nb\nc", "\n")                            // fine
	out, err := exec.Command("/bin/sh", "-c", "ls "+fields[0]).Output() // defect
	if err != nil {
		return err
	}
	if bytes.Contains(out, []byte("application/"+name)) { // fine
		return nil
	}
	if err := os.Chown(backup, 1000, 1000); err != nil { // defect
		return err
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGUSR1); err != nil { // defect
		return err
	}
	if strings.HasPrefix(backup, dir+"/") { // defect
		fmt.Println("below")
	}
	target := filepath.Join(dir, filepath.Base(name))         // fine
	for _, d := range strings.Split(os.Getenv("PATH"), ":") { // defect
		if d == target {
			return nil
		}
	}
	return nil
}
