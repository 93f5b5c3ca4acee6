// Package toolenv prepares the environment of build tools.
package toolenv

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Env is an environment under construction.
type Env map[string]string

// Toolchain is an unpacked toolchain.
type Toolchain struct {
	Root    string
	Sysroot string
	Libs    []string
}

// Add puts a directory in front of a variable that holds a list.
func (e Env) Add(name, dir string) {
	if old := e[name]; old != "" {
		e[name] = dir + ":" + old //@ list
		return
	}
	e[name] = dir
}

// Apply sets the variables of a toolchain.
func (t Toolchain) Apply(e Env) {
	e.Add("PATH", t.Root+"/bin")                                                       //@ host
	e.Add("PKG_CONFIG_PATH", t.Sysroot+"/lib/pkgconfig:"+t.Sysroot+"/share/pkgconfig") //@ list
	e["CC"] = t.Root + "/bin/" + t.Triple() + "-gcc"                                   //@ host
	e["TARGET"] = runtime.GOOS + "/" + runtime.GOARCH                                  //@ text|slash
	e["LIBRARY_PATH"] = strings.Join(t.Libs, ":")                                      //@ list
	e["CGO_CFLAGS"] = "-I" + t.Sysroot + "/include"                                    //@ host
	e["PYTHONPATH"] = fmt.Sprintf("%s/python:%s", t.Root, os.Getenv("PYTHONPATH"))     //@ list
}

// Triple returns the name of the target as compilers spell it.
func (t Toolchain) Triple() string {
	return filepath.Base(t.Sysroot)
}

// Lookup finds a tool in the list of an environment.
func (e Env) Lookup(tool string) (string, error) {
	for _, dir := range strings.Split(e["PATH"], ":") { //@ list
		if dir == "" {
			dir = "."
		}
		p, err := exec.LookPath(dir + "/" + tool) //@ host
		if err == nil {
			return p, nil
		}
	}
	return "", fmt.Errorf("no %s in %s", tool, e["PATH"])
}

// Without removes the directories below a root from PATH.
func (e Env) Without(root string) {
	var kept []string
	for _, d := range strings.Split(e["PATH"], ":") { //@ list
		if !strings.HasPrefix(d, root+"/") { //@ host
			kept = append(kept, d)
		}
	}
	e["PATH"] = strings.Join(kept, ":") //@ list
}

// Image splits name:tag and host:port, which are no lists.
func Image(ref string) (name, tag string) {
	i := strings.LastIndex(ref, ":")
	if i < 0 || strings.Contains(ref[i:], "/") { //@ slash
		return ref, "latest"
	}
	return ref[:i], ref[i+1:]
}
