// Package provision copies files to other machines and runs commands there.
package provision

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// Target is a machine that we log in to; it runs Linux.
type Target struct {
	User, Host string
	RemoteDir  string
	Files      *sftp.Client
	Session    *ssh.Session
}

const remoteTmp = "/tmp/hauler" //@ slash

// Upload copies a file and returns its name over there.
func (t *Target) Upload(local string) (string, error) {
	remote := t.RemoteDir + "/" + filepath.Base(local)         //@ slash
	if err := t.Files.MkdirAll(path.Dir(remote)); err != nil { //@ slash
		return "", err
	}
	in, err := os.Open(local)
	if err != nil {
		return "", err
	}
	defer in.Close()
	part := path.Join(remoteTmp, path.Base(remote)) //@ slash
	out, err := t.Files.Create(part)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(out, in); err != nil {
		return "", err
	}
	return remote, t.Files.Rename(part, remote)
}

// UploadTree copies a directory.
func (t *Target) UploadTree(dir string) error {
	return filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		rel := p[len(dir):]
		if info.IsDir() {
			return t.Files.MkdirAll(t.RemoteDir + filepath.ToSlash(rel)) //@ slash filepath.ToSlash(rel)
		}
		if strings.HasSuffix(p, "/.DS_Store") { //@ host
			return nil
		}
		_, err = t.Upload(p)
		return err
	})
}

// Install runs the installer that was uploaded.
func (t *Target) Install(version string) error {
	script := fmt.Sprintf("%s/install-%s.sh", t.RemoteDir, version) //@ slash
	log := t.RemoteDir + "/install.log"                             //@ slash
	return t.Session.Run("sh " + script + " > " + log + " 2>&1")
}

// Fetch copies a remote file into dir with scp.
func (t *Target) Fetch(remote, dir string) (string, error) {
	local := dir + "/" + path.Base(remote)                             //@ host
	source := t.User + "@" + t.Host + ":" + t.RemoteDir + "/" + remote //@ slash
	if err := exec.Command("scp", source, local).Run(); err != nil {
		return "", err
	}
	return local, nil
}

// Sync mirrors a directory with rsync; the trailing slash means its content.
func (t *Target) Sync(dir string) error {
	dest := fmt.Sprintf("%s@%s:%s/", t.User, t.Host, t.RemoteDir) //@ slash
	return exec.Command("rsync", "-a", dir+"/", dest).Run()       //@ host
}

// Unit returns the file and the text of a service on the target.
func (t *Target) Unit(name string) (file, text string) {
	file = "/etc/systemd/system/" + name + ".service"                    //@ slash
	text = "[Service]\nExecStart=" + t.RemoteDir + "/bin/" + name + "\n" //@ slash
	return file, text
}

// KnownHosts tells whether the target is known to the user of this machine.
func (t *Target) KnownHosts() bool {
	home, err := os.UserHomeDir()
	if err != nil {
		return false
	}
	data, err := os.ReadFile(home + "/.ssh/known_hosts") //@ host
	return err == nil && strings.Contains(string(data), t.Host)
}

// Processes lists what runs on the target.
func (t *Target) Processes() ([]string, error) {
	out, err := t.Session.Output("readlink /proc/[0-9]*/exe")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, exe := range strings.Fields(string(out)) {
		names = append(names, exe[strings.LastIndex(exe, "/")+1:]) //@ slash
	}
	return names, nil
}
