// Package agent runs build steps in workspaces.
package agent

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"example.com/judgement/settings"
)

// Agent owns a directory of workspaces.
type Agent struct {
	opts      *settings.Options
	workRoot  string
	hooksPath string
	plugins   string
	client    *http.Client
}

// New prepares the directories of an agent.
func New(opts *settings.Options) (*Agent, error) {
	a := &Agent{
		opts:      opts,
		workRoot:  opts.Root + "/builds",              //@ host
		hooksPath: fmt.Sprintf("%s/hooks", opts.Root), //@ host
		plugins:   opts.Endpoint + "/plugins",         //@ slash
		client:    http.DefaultClient,
	}
	for _, dir := range []string{a.workRoot, a.hooksPath} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Workspace makes the directory of one job.
func (a *Agent) Workspace(org, pipeline, job string) (string, error) {
	dir := a.workRoot + "/" + org + "/" + pipeline //@ host
	slug := org + "/" + pipeline                   //@ text|slash
	if job != "" {
		dir += "/" + job //@ host
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("workspace of %s/%s: %w", slug, job, err) //@ text
	}
	return dir, nil
}

// Hook runs a hook if there is one.
func (a *Agent) Hook(ctx context.Context, dir, name string) error {
	script := path.Join(a.hooksPath, name) //@ host
	if _, err := os.Stat(script); os.IsNotExist(err) {
		return nil
	}
	cmd := exec.CommandContext(ctx, script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(),
		"HOOK_LOG="+dir+"/hook.log",                              //@ host
		"HOOK_URL="+a.opts.Endpoint+"/hooks/"+name,               //@ slash
		"PATH="+a.hooksPath+"/bin:"+os.Getenv("PATH"),            //@ list
		fmt.Sprintf("HOOK_NAME=%s/%s", filepath.Base(dir), name), //@ text|slash
	)
	return cmd.Run()
}

// Plugin downloads a plugin unless it is there.
func (a *Agent) Plugin(name, version string) (string, error) {
	local := fmt.Sprintf("%s/plugins/%s-%s", a.opts.CacheDir, name, version) //@ host
	if _, err := os.Stat(local); err == nil {
		return local, nil
	}
	remote := fmt.Sprintf("%s/%s/%s.tar.gz", a.plugins, name, version) //@ slash
	resp, err := a.client.Get(remote)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if err := os.MkdirAll(path.Dir(local), 0o755); err != nil { //@ host
		return "", err
	}
	return local, save(local, resp.Body)
}

func save(file string, r io.Reader) error {
	tmp := file + ".part"
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(tmp, file)
}

// Clean removes the workspaces whose names begin with a prefix.
func (a *Agent) Clean(prefix string) error {
	return filepath.Walk(a.workRoot, func(p string, info os.FileInfo, err error) error {
		if err != nil || !info.IsDir() {
			return err
		}
		if strings.HasPrefix(p, a.workRoot+"/"+prefix) { //@ host
			return os.RemoveAll(p)
		}
		if strings.Contains(p, "/.git/") { //@ host
			return filepath.SkipDir
		}
		return nil
	})
}
