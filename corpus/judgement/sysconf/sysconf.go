// Package sysconf knows where things are by convention.
package sysconf

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"
	"github.com/spf13/viper"
	"k8s.io/client-go/tools/clientcmd"
)

// Paths are the places of an installation.
type Paths struct {
	Etc, State, Run, Tmp string
}

// For returns the places for an application, below a root for tests.
func For(app, root string) Paths {
	if root == "" || root == "/" { //@ host root == "/"
		return Paths{
			Etc:   "/etc/" + app,     //@ host
			State: "/var/lib/" + app, //@ host
			Run:   "/run/" + app,     //@ host
			Tmp:   "/tmp/" + app,     //@ host
		}
	}
	var p Paths
	p.Etc, p.State = root+"/etc/"+app, fmt.Sprintf("%s/state/%s", root, app) //@ host root+"/etc/"+app
	p.Run = p.State + "/run"                                                 //@ host
	p.Tmp = os.TempDir() + "/" + app                                         //@ host
	return p
}

// Make makes the directories.
func (p Paths) Make() error {
	for _, d := range [...]string{p.Etc, p.State, p.Run, p.Tmp} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	null, err := os.OpenFile("/dev/null", os.O_WRONLY, 0) //@ host
	if err != nil {
		return err
	}
	return null.Close()
}

// Configure tells the configuration library where to look.
func (p Paths) Configure(user bool) string {
	viper.AddConfigPath(p.Etc)
	if user {
		viper.AddConfigPath(os.Getenv("HOME") + "/.config/hauler") //@ host
	}
	if f := os.Getenv("HAULER_CONFIG"); f != "" {
		viper.SetConfigFile(f)
	}
	dir, _ := filepath.Split(viper.ConfigFileUsed())  //@ host
	return dir + "/" + viper.GetString("plugins.dir") //@ host
}

// Cluster reads the credentials for a cluster.
func Cluster(home string) (*clientcmd.Config, error) {
	kubeconfig := os.Getenv("KUBECONFIG")
	if kubeconfig == "" {
		kubeconfig = home + "/.kube/config" //@ host
	}
	if i := strings.IndexByte(kubeconfig, ':'); i >= 0 { //@ list
		kubeconfig = kubeconfig[:i]
	}
	return clientcmd.BuildConfigFromFlags("https://cluster.example"+"/api", kubeconfig) //@ slash
}

// Overrides reads the files of a drop-in directory through an abstract file system.
func Overrides(fs afero.Fs, p Paths, names []string) (map[string]string, error) {
	values := map[string]string{}
	for _, n := range names {
		file := p.Etc + "/conf.d/" + n //@ host
		if ok, err := afero.Exists(fs, file); !ok {
			return nil, err
		}
		data, err := afero.ReadFile(fs, file)
		if err != nil {
			return nil, err
		}
		for sc := bufio.NewScanner(strings.NewReader(string(data))); sc.Scan(); {
			k, v, _ := strings.Cut(sc.Text(), "=")
			values[n+"/"+k] = v //@ slash|text
		}
	}
	return values, nil
}

// Roots returns the directories that are searched for data.
func Roots() []string {
	dirs := os.Getenv("XDG_DATA_DIRS")
	if dirs == "" {
		dirs = "/usr/local/share" + ":" + "/usr/share" //@ list
	}
	var roots []string
	for _, d := range strings.Split(dirs, ":") { //@ list
		roots = append(roots, d+"/hauler") //@ host
	}
	return roots
}
