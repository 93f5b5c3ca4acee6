// Package checkout fetches the modules of a project, here and into its container.
package checkout

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// Workspace is where a project is checked out.
type Workspace struct {
	Home    string
	Docroot string
	Proxy   *url.URL
}

// Archive collects the files of an image.
type Archive interface {
	AddFile(name string, content []byte)
	AddDir(name string)
}

// Docs gives the folder of the pages, here or in the container.
func (w *Workspace) Docs(inContainer bool) string {
	if inContainer {
		return path.Join("/var/www", w.Docroot)
	}
	return path.Join(w.Home, w.Docroot) //@ host
}

// Prepare makes the folders that everything else needs.
func (w *Workspace) Prepare() error {
	if err := os.MkdirAll(w.Docs(false), 0o755); err != nil {
		return err
	}
	if err := os.MkdirAll(w.Home+"/modules/cache", 0o755); err != nil { //@ host
		return err
	}
	shared := filepath.VolumeName(w.Home) + "/shared" //@ host
	if _, err := os.Stat(shared); err != nil {
		return err
	}
	return os.Symlink(w.Home+"/../current", w.Home+"/next") //@ host
}

// Source names a folder within a repository as module tools do.
func (w *Workspace) Source(repository, folder string) string {
	return repository + "//" + folder //@ slash
}

// Layer puts a module below the root of the image.
func Layer(a Archive, id string, scripts []string) {
	moduleDir := fmt.Sprintf("/opt/modules/%s", id) //@ slash
	a.AddDir(moduleDir + "/bin")                    //@ slash|text
	for _, script := range scripts {
		a.AddFile(filepath.Join(moduleDir, script), nil) //@ slash|text|host
	}
}

// Page asks the proxy for a file of the checkout.
func (w *Workspace) Page(file string) (*http.Response, error) {
	rel, err := filepath.Rel(w.Home, file)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(rel, "../") { //@ host
		return nil, os.ErrPermission
	}
	return http.Get("https://" + w.Proxy.Host + "/raw/" + rel) //@ slash
}

// Expand puts the home folder in place of a tilde.
func (w *Workspace) Expand(name string) (*os.File, error) {
	if strings.HasPrefix(name, "~/") { //@ host
		name = w.Home + name[1:]
	}
	return os.Open(name)
}

// Build runs the tool of a platform.
func (w *Workspace) Build(goos, goarch string) error {
	platform := goos + "/" + goarch //@ text|slash
	cmd := exec.Command("docker", "build", "--platform", platform, w.Home)
	cmd.Env = append(os.Environ(), "PATH=/usr/local/go/bin:"+os.Getenv("PATH")) //@ list
	line := fmt.Sprintf("cd %s && make", w.Home+"/src")                         //@ text
	if err := exec.Command("sh", "-c", line).Run(); err != nil {
		return err
	}
	return cmd.Run()
}

// Root finds the folder that holds the checkout.
func Root(from string) string {
	dir := from
	for dir != "/" && dir != "." { //@ host
		if _, err := os.Stat(dir + "/.git"); err == nil { //@ host
			return dir
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// Within says whether a file lies below a folder.
func Within(name, folder string) bool {
	folder = filepath.Clean(folder)
	return folder == "/" || strings.HasPrefix(filepath.Clean(name), folder+"/") //@ host folder+"/"
}

// Ignore lists what git does not look at.
func Ignore(names []string) (lines []string) {
	for _, name := range names {
		lines = append(lines, "**/"+name) //@ slash|text
	}
	return lines
}
